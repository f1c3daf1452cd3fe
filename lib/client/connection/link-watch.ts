import type { CallBrowser } from '@/lib/client/page/browser';
import type { Link } from '@/lib/client/state/call-state';

/** A line that answers nothing for this long after a doubt is dead. */
const PROBE_LIMIT_MS = 3_000;
/** A clock that jumps by more than this: the device was asleep. */
const SLEEP_MS = 5_000;
const CLOCK_EVERY_MS = 250;
/** Sound comes in packets of 20 ms. None for this long may be a pause of the server, or its end. */
const STALL_MS = 250;
/** A line that answers later than this after a stall is shown as weak. */
const ANSWER_MS = 350;

interface LinkWatchOptions {
  browser: CallBrowser;
  peer: RTCPeerConnection;
  channel: RTCDataChannel;
  /** Asks the server for any answer at all; each one arrives through `heard()`. */
  ping: () => void;
  onLink: (link: Exclude<Link, 'reconnecting'>) => void;
  /** Called once. `network`: our side lost its way; `server`: the other side closed the line. */
  onLost: (cause: 'network' | 'server') => void;
}

/** Packets of sound that came so far, before they wait in the buffer for their turn. `null`: not told. */
async function packetCount(peer: RTCPeerConnection): Promise<number | null> {
  const report = await peer.getReceivers()[0]?.getStats();
  for (const entry of report?.values() ?? []) {
    if (entry.type === 'inbound-rtp' && typeof entry.packetsReceived === 'number')
      return entry.packetsReceived;
  }
  return null;
}

interface LinkWatch {
  /** The SDK closed the connection. */
  lost(): void;
  /** Something came from the server. */
  heard(): void;
  stop(): void;
}

/**
 * Watches a connected peer. The SDK alone misses a closed data channel and says nothing of a weak
 * connection; it does close the peer after 5 s without contact, which arrives here through `lost()`.
 * After a sleep, a change of network or the sudden death of the server the peer looks healthy for many seconds, so
 * the server is asked: at such an event, and when its sound stops coming.
 */
export function watchLink(options: LinkWatchOptions): LinkWatch {
  const { browser, peer, channel, ping, onLink, onLost } = options;
  const watch = new AbortController();
  const listenOptions = { signal: watch.signal };
  let isWeak = !browser.isOnline();
  let probe: ReturnType<typeof setTimeout> | undefined;
  let patience: ReturnType<typeof setTimeout> | undefined;
  let packets = 0;
  let packetsAtMs = 0;
  let isFlowing = false;
  let lastTickMs = browser.now();

  const mark = (weak: boolean) => {
    isWeak = weak;
    onLink(weak ? 'weak' : 'good');
  };
  const isHealthy = () => browser.isOnline() && peer.connectionState === 'connected';

  /** `patienceMs`: how long the screen says nothing yet. */
  function doubt(patienceMs: number): void {
    if (probe !== undefined) return;
    patience = setTimeout(() => mark(true), patienceMs);
    probe = setTimeout(lost, PROBE_LIMIT_MS);
    if (channel.readyState === 'open') ping();
    else lost();
  }
  const heard = () => {
    if (probe === undefined) return;
    clearTimeout(probe);
    clearTimeout(patience);
    probe = undefined;
    if (isWeak) mark(!isHealthy());
  };
  /** Asks once for every time that the sound stops. */
  const onPackets = (count: number, atMs: number) => {
    if (count !== packets) {
      packets = count;
      packetsAtMs = atMs;
      isFlowing = true;
    } else if (isFlowing && atMs - packetsAtMs >= STALL_MS) {
      isFlowing = false;
      doubt(ANSWER_MS);
    }
  };
  const watchSound = (nowMs: number) => {
    packetCount(peer).then(
      (count) => {
        if (count !== null && !watch.signal.aborted) onPackets(count, nowMs);
      },
      () => {}, // The peer is closed.
    );
  };
  const onClock = () => {
    const nowMs = browser.now();
    const passedMs = nowMs - lastTickMs;
    lastTickMs = nowMs;
    if (passedMs > SLEEP_MS) doubt(0);
    else watchSound(nowMs);
  };

  const stopListening = [
    browser.listen('offline', () => mark(true)),
    browser.listen('online', () => doubt(0)),
    browser.listen('networkchange', () => browser.isOnline() && doubt(0)),
  ];
  const clock = setInterval(onClock, CLOCK_EVERY_MS);
  const stop = () => {
    watch.abort();
    clearInterval(clock);
    clearTimeout(probe);
    clearTimeout(patience);
    for (const unlisten of stopListening) unlisten();
  };
  function lost(): void {
    if (watch.signal.aborted) return;
    stop();
    onLost(isWeak ? 'network' : 'server');
  }
  const onPeerState = () => {
    if (peer.connectionState === 'connected') mark(!browser.isOnline());
    if (peer.connectionState === 'failed' || peer.connectionState === 'closed') lost();
  };
  // Comes before `connectionstatechange`, at which the SDK may close the peer and wipe the cause away.
  const onIceState = () => {
    if (peer.iceConnectionState === 'disconnected' || peer.iceConnectionState === 'failed') mark(true);
  };

  peer.addEventListener('iceconnectionstatechange', onIceState, listenOptions);
  peer.addEventListener('connectionstatechange', onPeerState, listenOptions);
  channel.addEventListener('close', lost, listenOptions);
  channel.addEventListener('error', lost, listenOptions);
  if (isWeak) onLink('weak');
  return { lost, heard, stop };
}
