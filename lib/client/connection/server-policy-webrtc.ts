import {
  OpenAIRealtimeWebRTC,
  type RealtimeClientMessage,
  type RealtimeSessionPayload,
} from '@openai/agents-realtime';

interface ServerPolicyOptions {
  /** Stays the caller's: the SDK never stops its tracks. */
  stream: MediaStream;
  audio: HTMLAudioElement;
  /** Makes the offer, posts it and sets the answer. A failure rejects `connect()`. */
  exchangeSdp: (peer: RTCPeerConnection) => Promise<void>;
  /** Gets the type of every event sent to the server. */
  onSent: (type: string) => void;
}

/** The SDK demands a secret of this form before it makes a peer. `exchangeSdp` posts the real one. */
const UNUSED_SECRET = 'ek_unused';

/** What `connect()` waits for. */
const acknowledgement = () =>
  new MessageEvent('message', {
    data: JSON.stringify({ type: 'session.updated', event_id: 'session.created', session: {} }),
  });

/**
 * The SDK's WebRTC transport, without four of its habits. On connect it replaces what the server put into the
 * secret: instructions, turn detection, transcription and voice. Here it sends the smallest update, which changes
 * nothing. It posts the offer itself and reports a refusal as text; here `exchangeSdp` does that, in the hook before
 * the SDK's own exchange, and the hook never returns after a success. And `connect()` waits for the reply to its
 * update, one more way to the provider and back; here the first event of the session counts as that reply. And five seconds
 * after the browser lost contact it closes a connection, also one that still works; here whoever watches it does.
 */
export class ServerPolicyWebRTC extends OpenAIRealtimeWebRTC {
  readonly #onSent: (type: string) => void;
  #ownAcknowledgement: MessageEvent | null = null;

  constructor({ stream, audio, exchangeSdp, onSent }: ServerPolicyOptions) {
    super({
      mediaStream: stream,
      audioElement: audio,
      changePeerConnection: (peer) => exchangeSdp(peer).then(() => new Promise<never>(() => {})),
    });
    this.on('session.created', () => this.#acknowledge());
    this.#onSent = onSent;
  }

  #acknowledge(): void {
    this.#ownAcknowledgement = acknowledgement();
    this.connectionState.dataChannel?.dispatchEvent(this.#ownAcknowledgement);
  }

  protected override _onMessage(event: MessageEvent): void {
    if (event !== this.#ownAcknowledgement) super._onMessage(event);
  }

  protected override async _getApiKey(): Promise<string> {
    return UNUSED_SECRET;
  }

  override buildSessionPayload(): RealtimeSessionPayload {
    return { type: 'realtime' };
  }

  override sendEvent(event: RealtimeClientMessage): void {
    this.#onSent(event.type);
    super.sendEvent(event);
  }

  override requestResponse(...response: Parameters<OpenAIRealtimeWebRTC['requestResponse']>): void {
    this.#onSent('response.create');
    super.requestResponse(...response);
  }

  override interrupt(): void {
    this.#onSent('output_audio_buffer.clear');
    super.interrupt();
  }

  /** The connection is up, and watched: only `close()` closes it from now on. */
  leaveOpen(): void {
    const { peerConnection } = this.connectionState;
    if (peerConnection !== undefined) peerConnection.onconnectionstatechange = null;
  }

  /** Sends another microphone, without a new offer. */
  replaceTrack(track: MediaStreamTrack): void {
    const [sender] = this.connectionState.peerConnection?.getSenders() ?? [];
    // It fails only on a closed connection.
    void sender?.replaceTrack(track).catch(() => {});
  }

  /** Tracing is the server's decision too. */
  protected override _updateTracingConfig(): void {}
}
