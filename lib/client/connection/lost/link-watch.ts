import type { CallBrowser } from '@/lib/client/page/browser';
import type { Link } from '@/lib/client/state/call-state';

/** A connection that does not reply for this long after a doubt is dead. */
const PROBE_LIMIT_MS = 3_000;
/** A clock that jumps by more than this: the device was asleep, or somebody set the clock. */
const SLEEP_MS = 5_000;
const CLOCK_EVERY_MS = 250;
/** Sound comes in packets of 20 ms. None for this long may be a pause of the server, or its end. */
const STALL_MS = 250;
/** A connection that replies later than this after a stall is shown as weak. */
const REPLY_MS = 350;
/** How often a connection is asked that the browser takes for dead, and that still replies. */
const ASK_EVERY_MS = 1_000;

interface LinkWatchOptions {
  browser: CallBrowser;
  peer: RTCPeerConnection;
  channel: RTCDataChannel;
  /** Asks the server for any reply at all. Each one arrives through `heard()`. */
  ping: () => void;
  onLink: (link: Exclude<Link, 'reconnecting'>) => void;
  /** Called once. `network`: our side is offline; `server`: the other side closed the connection. */
  onLost: (cause: 'network' | 'server') => void;
}

/** Returns how many packets of sound have arrived, before any buffering; `null` when the browser does not say. */
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

/** Calls back once whenever the sound of `peer` stops coming. The returned function takes a sample. */
function createStallWatch(peer: RTCPeerConnection, signal: AbortSignal, onStall: () => void) {
  let packets = 0;
  let packetsAtMs = 0;
  let isFlowing = false;

  const onPackets = (count: number, atMs: number) => {
    if (count !== packets) {
      packets = count;
      packetsAtMs = atMs;
      isFlowing = true;
    } else if (isFlowing && atMs - packetsAtMs >= STALL_MS) {
      isFlowing = false;
      onStall();
    }
  };
  return (atMs: number) => {
    packetCount(peer).then(
      (count) => {
        if (count !== null && !signal.aborted) onPackets(count, atMs);
      },
      () => {}, // The peer is closed.
    );
  };
}

/** Takes samples of the sound, and notices that the device was asleep. The returned function stops. */
function startClock(now: () => number, onSleep: () => void, sample: (atMs: number) => void): () => void {
  let lastTickMs = now();
  const clock = setInterval(() => {
    const nowMs = now();
    const passedMs = nowMs - lastTickMs;
    lastTickMs = nowMs;
    if (Math.abs(passedMs) > SLEEP_MS) onSleep();
    else sample(nowMs);
  }, CLOCK_EVERY_MS);
  return () => clearInterval(clock);
}

/**
 * Watches a connected peer, of which neither state is the truth. After a sleep, a change of network or the sudden death of
 * the server it looks healthy for many seconds; and Firefox takes one for dead whose server leaves consent checks
 * unanswered, as ICE-lite servers do, while sound and events still come and go. So the server is asked: at such an event,
 * when its sound stops coming, and again and again while the browser has lost contact. Who replies is there.
 */
export function watchLink(options: LinkWatchOptions): LinkWatch {
  const { browser, peer, channel, ping, onLink, onLost } = options;
  const watch = new AbortController();
  const listenOptions = { signal: watch.signal };
  let isWeak = !browser.isOnline();
  let askedAtMs = 0;
  let probe: ReturnType<typeof setTimeout> | undefined;
  let patience: ReturnType<typeof setTimeout> | undefined;

  const mark = (weak: boolean) => {
    isWeak = weak;
    onLink(weak ? 'weak' : 'good');
  };

  /** `patienceMs`: how long the screen shows nothing yet. */
  function doubt(patienceMs: number): void {
    if (probe !== undefined) return;
    askedAtMs = browser.now();
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
    if (isWeak) mark(!browser.isOnline());
  };

  const sampleSound = createStallWatch(peer, watch.signal, () => doubt(REPLY_MS));
  const sample = (atMs: number) => {
    sampleSound(atMs);
    if (peer.connectionState === 'disconnected' && atMs - askedAtMs >= ASK_EVERY_MS) doubt(REPLY_MS);
  };
  const stops = [
    browser.listen('offline', () => mark(true)),
    browser.listen('online', () => doubt(0)),
    browser.listen('networkchange', () => browser.isOnline() && doubt(0)),
    startClock(browser.now, () => doubt(0), sample),
  ];
  const stop = () => {
    watch.abort();
    clearTimeout(probe);
    clearTimeout(patience);
    for (const stopOne of stops) stopOne();
  };
  function lost(): void {
    if (watch.signal.aborted) return;
    stop();
    onLost(isWeak ? 'network' : 'server');
  }
  const onPeerState = () => {
    if (peer.connectionState === 'connected') {
      heard();
      mark(!browser.isOnline());
    }
    if (peer.connectionState === 'disconnected') doubt(REPLY_MS);
    if (peer.connectionState === 'failed' || peer.connectionState === 'closed') lost();
  };
  // Comes before `connectionstatechange`, and tells a dead network from a server that closed the connection.
  const onIceState = () => {
    if (peer.iceConnectionState === 'failed') mark(true);
  };

  peer.addEventListener('iceconnectionstatechange', onIceState, listenOptions);
  peer.addEventListener('connectionstatechange', onPeerState, listenOptions);
  channel.addEventListener('close', lost, listenOptions);
  channel.addEventListener('error', lost, listenOptions);
  if (isWeak) onLink('weak');
  return { lost, heard, stop };
}
