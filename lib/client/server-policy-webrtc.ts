import { OpenAIRealtimeWebRTC, type RealtimeSessionPayload } from '@openai/agents-realtime';

/**
 * The SDK's WebRTC transport, without its habit of replacing on connect what the server put into the
 * secret: instructions, turn detection, transcription and voice. The minimal update stays, because
 * `connect()` waits for its acknowledgement.
 */
export class ServerPolicyWebRTC extends OpenAIRealtimeWebRTC {
  override buildSessionPayload(): RealtimeSessionPayload {
    return { type: 'realtime' };
  }

  /** Tracing is the server's decision too. */
  protected override _updateTracingConfig(): void {}
}
