import type { CallBrowser } from '@/lib/client/call-browser';
import type { Link } from '@/lib/shared/call-state';

interface LinkWatchOptions {
  browser: CallBrowser;
  peer: RTCPeerConnection;
  channel: RTCDataChannel;
  onLink: (link: Link) => void;
  /** Called once. `network`: our side lost its way; `server`: the other side closed the line. */
  onLost: (cause: 'network' | 'server') => void;
}

/**
 * Watches a connected peer. The SDK alone misses a closed data channel and says nothing of a weak
 * connection; it does close the peer after 5 s without contact, which arrives here through `lost()`.
 */
export function watchLink(options: LinkWatchOptions): { lost: () => void; stop: () => void } {
  const { browser, peer, channel, onLink, onLost } = options;
  const watch = new AbortController();
  const listenOptions = { signal: watch.signal };
  let isWeak = !browser.isOnline();

  const mark = (weak: boolean) => {
    isWeak = weak;
    onLink(weak ? 'weak' : 'good');
  };
  const stopListening = [
    browser.listen('offline', () => mark(true)),
    browser.listen('online', () => mark(peer.connectionState !== 'connected')),
  ];
  const stop = () => {
    watch.abort();
    for (const unlisten of stopListening) unlisten();
  };
  const lost = () => {
    if (watch.signal.aborted) return;
    stop();
    onLost(isWeak ? 'network' : 'server');
  };
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
  return { lost, stop };
}
