import {
  OpenAIRealtimeWebRTC,
  type RealtimeClientMessage,
  type RealtimeSessionPayload,
} from '@openai/agents-realtime';

type Options = ConstructorParameters<typeof OpenAIRealtimeWebRTC>[0];

/**
 * The SDK's WebRTC transport, without its habit of replacing on connect what the server put into the
 * secret: instructions, turn detection, transcription and voice. The minimal update stays, because
 * `connect()` waits for its acknowledgement.
 */
export class ServerPolicyWebRTC extends OpenAIRealtimeWebRTC {
  readonly #onSent: (type: string) => void;

  /** `onSent` hears the type of everything that is asked of the server. */
  constructor(options: Options, onSent: (type: string) => void) {
    super(options);
    this.#onSent = onSent;
  }

  override buildSessionPayload(): RealtimeSessionPayload {
    return { type: 'realtime' };
  }

  override sendEvent(event: RealtimeClientMessage): void {
    this.#onSent?.(event.type);
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
