import { randomInt } from 'node:crypto';
import { MediaStreamTrack, RtpHeader, RtpPacket } from 'werift';
import type { Pcm48k } from '../interfaces.ts';
import { FRAME_SAMPLES, type SpeechCodec } from './opus.ts';

const silence: Pcm48k = new Int16Array(FRAME_SAMPLES);

/** Builds the RTP packets of the agent's audio (RFC 3550, RFC 7587). */
export class OutboundAudio {
  readonly track = new MediaStreamTrack({ kind: 'audio' });
  /** As negotiated: browsers differ. */
  payloadType = 111;

  readonly #codec: SpeechCodec;
  #sequenceNumber = randomInt(0x8000);
  #timestamp = randomInt(0x7fffffff);
  #wasSilent = true;

  constructor(codec: SpeechCodec) {
    this.#codec = codec;
  }

  /** Sends 20 ms; `null` is silence. */
  send(frame: Pcm48k | null): void {
    const header = new RtpHeader({
      payloadType: this.payloadType,
      sequenceNumber: this.#sequenceNumber,
      timestamp: this.#timestamp,
      marker: frame !== null && this.#wasSilent,
    });
    this.#wasSilent = frame === null;
    this.#sequenceNumber = (this.#sequenceNumber + 1) & 0xffff;
    this.#timestamp = (this.#timestamp + FRAME_SAMPLES) >>> 0;
    this.track.writeRtp(new RtpPacket(header, this.#codec.encode(frame ?? silence)));
  }

  /** Advances the timestamp without packets. */
  skip(frames: number): void {
    this.#timestamp = (this.#timestamp + frames * FRAME_SAMPLES) >>> 0;
  }

  stop(): void {
    this.track.stop();
  }
}
