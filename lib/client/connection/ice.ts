import type { CallTicket } from '@/lib/shared/contract';

/**
 * Returns the offer of a peer that also looks for ways through the site's own servers. They come with the ticket, so
 * a peer that was prepared before it has to look again.
 */
export async function offerThrough(
  { ice, answer }: Pick<CallTicket, 'ice' | 'answer'>,
  peer: RTCPeerConnection,
  offerSdp: string,
): Promise<string> {
  // An offer that was answered already cannot change.
  if (ice === undefined || answer !== undefined) return offerSdp;
  const { servers, policy } = ice;
  peer.setConfiguration({ ...peer.getConfiguration(), iceServers: servers, iceTransportPolicy: policy });
  const { sdp = '' } = await peer.createOffer({ iceRestart: true });
  await peer.setLocalDescription({ type: 'offer', sdp });
  return sdp;
}

/** Watches whether a peer finds a way to the other end. Returns a function that says whether it has. */
export function watchWay(peer: RTCPeerConnection, signal: AbortSignal): () => boolean {
  let isFound = false;
  const onState = () => {
    isFound ||= peer.iceConnectionState === 'connected' || peer.iceConnectionState === 'completed';
  };
  peer.addEventListener('iceconnectionstatechange', onState, { signal });
  return () => isFound;
}
