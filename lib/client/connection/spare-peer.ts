import { ownFailure } from '@/lib/client/api/call-failure';
import type { LoadSdk } from '@/lib/client/connection/load-sdk';
import type { PreparedPeer } from '@/lib/client/connection/prepared-peer';
import type { CallBrowser } from '@/lib/client/page/browser';

/** A device that slept, or changed its network unnoticed, has other addresses by then. */
const MAX_AGE_MS = 5 * 60_000;

/** The peer of one call. */
export interface TakenPeer {
  /** The caller closes it. Rejects with `part_missing` without the SDK. */
  peer: Promise<PreparedPeer>;
  /** Its offer, which a click need not wait for; `null`: not made yet. */
  offer: string | null;
}

/**
 * The peer of the next call, made before anybody asks for that call: its offer is ready at the click. It costs no money,
 * asks for no permission and opens no microphone.
 */
export interface SparePeer {
  /** From now on a peer is ready whenever the page is in sight, and no call is up or being set up. */
  keepReady(): void;
  /** Returns the spare for a call, or a new peer without one. */
  take(): TakenPeer;
  /** The call that took a peer is over. */
  callOver(): void;
  /** Throws the spare away. There is none until the next `keepReady`. */
  stop(): void;
}

export function createSparePeer(browser: CallBrowser, loadSdk: LoadSdk): SparePeer {
  let spare: { peer: Promise<PreparedPeer>; made: PreparedPeer | null; madeAtMs: number } | null = null;
  let isKept = false;
  let isInCall = false;
  let isInSight = true;

  const isUsable = () => spare !== null && browser.now() - spare.madeAtMs < MAX_AGE_MS;

  async function make(): Promise<PreparedPeer> {
    const { preparePeer } = await loadSdk().catch(() => {
      throw ownFailure('part_missing');
    });
    return preparePeer(browser.createAudioElement());
  }

  function throwAway(): void {
    spare?.peer.then(({ discard }) => discard()).catch(() => {});
    spare = null;
  }

  function renew(): void {
    if (!isKept || isInCall || !isInSight || isUsable()) return;
    throwAway();
    const peer = make();
    spare = { peer, made: null, madeAtMs: browser.now() };
    peer.then(
      (made) => {
        if (spare?.peer === peer) spare.made = made;
      },
      () => {
        // Whoever calls fetches the SDK again.
        if (spare?.peer === peer) spare = null;
      },
    );
  }

  // An open peer would keep the page out of the browser's cache of pages that were left.
  for (const type of ['hidden', 'pagehide'] as const) {
    browser.listen(type, () => {
      isInSight = false;
      throwAway();
    });
  }
  browser.listen('visible', () => {
    isInSight = true;
    renew();
  });
  // In another network the addresses of the peer no longer hold.
  for (const type of ['online', 'offline', 'networkchange'] as const) {
    browser.listen(type, () => {
      throwAway();
      renew();
    });
  }
  // A finger goes down a moment before the click.
  browser.listen('touched', renew);

  return {
    keepReady() {
      isKept = true;
      renew();
    },
    take() {
      isInCall = true;
      if (!isUsable()) throwAway();
      const taken = { peer: spare?.peer ?? make(), offer: spare?.made?.offerAtHand() ?? null };
      spare = null;
      return taken;
    },
    callOver() {
      isInCall = false;
      renew();
    },
    stop() {
      isKept = false;
      throwAway();
    },
  };
}
