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

/**
 * The SDK's WebRTC transport, without two of its habits. On connect it replaces what the server put into the
 * secret: instructions, turn detection, transcription and voice. The minimal update stays, because `connect()`
 * waits for its acknowledgement. And it posts the offer itself and reports a refusal as text; here `exchangeSdp`
 * does that, in the hook before the SDK's own exchange, and the hook never returns after a success.
 * `connect()` still resolves, once the data channel is open.
 */
export class ServerPolicyWebRTC extends OpenAIRealtimeWebRTC {
  readonly #onSent: (type: string) => void;

  constructor({ stream, audio, exchangeSdp, onSent }: ServerPolicyOptions) {
    super({
      mediaStream: stream,
      audioElement: audio,
      changePeerConnection: (peer) => exchangeSdp(peer).then(() => new Promise<never>(() => {})),
    });
    this.#onSent = onSent;
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

  /** Tracing is the server's decision too. */
  protected override _updateTracingConfig(): void {}
}
