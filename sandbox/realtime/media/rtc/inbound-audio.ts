import type { Pcm48k } from '../interfaces.ts';
import { FRAME_SAMPLES, type SpeechCodec } from './opus.ts';

/** The parts of an RTP packet that are used here. */
export interface AudioPacket {
  sequenceNumber: number;
  timestamp: number;
  payload: Uint8Array;
}

/** Longer gaps are not filled: the sender paused and lost no packets. */
const MAX_CONCEALED_FRAMES = 25;
/**
 * After this long without a packet the input counts as silence, so that a turn ends when the microphone is
 * removed.
 */
const SILENCE_AFTER_MS = 200;
const FRAME_MS = 20;

/**
 * Turns the packets of one microphone into an unbroken sequence of 20 ms frames: drops late and duplicate
 * packets, fills small losses (the last frame once, fading, then silence) and inserts silence while nothing
 * arrives.
 */
export class InboundAudio {
  readonly #codec: SpeechCodec;
  readonly #onAudio: (pcm: Pcm48k) => void;
  #expected: { sequenceNumber: number; timestamp: number } | null = null;
  #lastFrame: Pcm48k = new Int16Array(FRAME_SAMPLES);
  #heardUntilMs = 0;

  constructor(codec: SpeechCodec, onAudio: (pcm: Pcm48k) => void) {
    this.#codec = codec;
    this.#onAudio = onAudio;
  }

  receive(packet: AudioPacket, nowMs: number): void {
    if (packet.payload.length === 0) return;
    const expected = this.#expected;
    if (expected && ((packet.sequenceNumber - expected.sequenceNumber) & 0xffff) >= 0x8000) return;
    const pcm = this.#codec.decode(packet.payload);
    if (!pcm) return;
    if (expected) this.#conceal((packet.timestamp - expected.timestamp) >>> 0);
    this.#expected = {
      sequenceNumber: (packet.sequenceNumber + 1) & 0xffff,
      timestamp: (packet.timestamp + pcm.length) >>> 0,
    };
    this.#lastFrame = pcm;
    this.#heardUntilMs = nowMs;
    this.#onAudio(pcm);
  }

  /** Called about every 20 ms by the call's clock. */
  keepTime(nowMs: number): void {
    if (this.#heardUntilMs === 0 || nowMs - this.#heardUntilMs < SILENCE_AFTER_MS) return;
    this.#heardUntilMs += FRAME_MS;
    // The next packet continues from here; the gap is already filled.
    if (this.#expected) this.#expected.timestamp = (this.#expected.timestamp + FRAME_SAMPLES) >>> 0;
    this.#onAudio(new Int16Array(FRAME_SAMPLES));
  }

  #conceal(missingSamples: number): void {
    const frames = Math.round(missingSamples / FRAME_SAMPLES);
    if (frames > MAX_CONCEALED_FRAMES) return;
    for (let index = 0; index < frames; index++) {
      this.#onAudio(index === 0 ? fading(this.#lastFrame) : new Int16Array(FRAME_SAMPLES));
    }
  }
}

function fading(frame: Pcm48k): Pcm48k {
  return frame.map((sample, index) => Math.round(sample * (1 - index / frame.length)));
}
