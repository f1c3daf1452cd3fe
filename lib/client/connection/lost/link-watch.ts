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
 * Watches a connected peer. The SDK alone misses a closed data channel and does not report a weak connection; it does
 * close the peer after 5 s without contact, which arrives here through `lost()`. After a sleep, a change of network or
 * the sudden death of the server the peer looks healthy for many seconds, so the server is asked: at such an event,
 * and when its sound stops coming.
 */
export function watchLink(options: LinkWatchOptions): LinkWatch {
  const { browser, peer, channel, ping, onLink, onLost } = options;
  const watch = new AbortController();
  const listenOptions = { signal: watch.signal };
  let isWeak = !browser.isOnline();
  let probe: ReturnType<typeof setTimeout> | undefined;
  let patience: ReturnType<typeof setTimeout> | undefined;

  const mark = (weak: boolean) => {
    isWeak = weak;
    onLink(weak ? 'weak' : 'good');
  };
  const isHealthy = () => browser.isOnline() && peer.connectionState === 'connected';

  /** `patienceMs`: how long the screen shows nothing yet. */
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

  const sampleSound = createStallWatch(peer, watch.signal, () => doubt(REPLY_MS));
  const stops = [
    browser.listen('offline', () => mark(true)),
    browser.listen('online', () => doubt(0)),
    browser.listen('networkchange', () => browser.isOnline() && doubt(0)),
    startClock(browser.now, () => doubt(0), sampleSound),
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
