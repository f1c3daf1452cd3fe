import { ServerPolicyWebRTC } from '@/lib/client/connection/server-policy-webrtc';
import { unheardTrack } from '@/lib/client/page/unheard-track';

/** What a connection does with its peer once there is a ticket. */
export interface PeerUse {
  /** Posts the offer and sets the answer. A failure rejects the SDK's `connect()`. */
  exchangeSdp: (peer: RTCPeerConnection, offerSdp: string) => Promise<void>;
  /** Gets the type of every event sent to the server. */
  onSent: (type: string) => void;
}

/** A peer connection that makes its offer, and looks for its own addresses, before there is a ticket or a microphone. */
export interface PreparedPeer {
  readonly transport: ServerPolicyWebRTC;
  readonly element: HTMLAudioElement;
  /** Resolves with the SDP offer, or `null` when the browser could not make one. */
  readonly offer: Promise<string | null>;
  /** Returns the offer; `null` before it is made. */
  offerAtHand(): string | null;
  /** Carries this stream from now on, instead of silence. The offer stays as it is, and the stream the caller's. */
  carry(stream: MediaStream): void;
  /** Call it once. From then on the offer may go out. */
  use(use: PeerUse): void;
  /** For a peer that no connection uses. */
  discard(): void;
}

/**
 * Begins the SDK's `connect()`, so that the offer waits for the ticket, not the ticket for the offer. The session's own
 * `connect()` joins the attempt under way. If making the offer fails, that one tries again and rejects. `element` will
 * play the agent.
 */
export function preparePeer(element: HTMLAudioElement): PreparedPeer {
  let onSent: PeerUse['onSent'] = () => {};
  let resolveExchange: (exchangeSdp: PeerUse['exchangeSdp']) => void = () => {};
  const exchange = new Promise<PeerUse['exchangeSdp']>((resolve) => {
    resolveExchange = resolve;
  });
  let resolveOffer: (offerSdp: string | null) => void = () => {};
  const offer = new Promise<string | null>((resolve) => {
    resolveOffer = resolve;
  });
  let madeOffer: string | null = null;
  let carried: MediaStreamTrack | undefined;
  const transport = new ServerPolicyWebRTC({
    stream: new MediaStream([unheardTrack()]),
    audio: element,
    async exchangeSdp(peer) {
      // The SDK's second attempt begins with the first one's silence.
      if (carried !== undefined) transport.replaceTrack(carried);
      const { sdp = '' } = await peer.createOffer();
      madeOffer = sdp;
      resolveOffer(sdp);
      await peer.setLocalDescription({ type: 'offer', sdp });
      const exchangeSdp = await exchange;
      await exchangeSdp(peer, sdp);
    },
    onSent: (type) => onSent(type),
  });
  transport.connect({ apiKey: '' }).catch(() => resolveOffer(null));
  return {
    transport,
    element,
    offer,
    offerAtHand: () => madeOffer,
    carry(stream) {
      [carried] = stream.getAudioTracks();
      if (carried !== undefined) transport.replaceTrack(carried);
    },
    use(use) {
      onSent = use.onSent;
      resolveExchange(use.exchangeSdp);
    },
    discard: () => transport.close(),
  };
}
