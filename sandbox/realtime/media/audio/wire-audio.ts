import type { Pcm48k } from '../interfaces.ts';
import { Decimator } from './decimate.ts';
import { decodeG711, encodeG711 } from './g711.ts';
import { REACH, upsample } from './upsample.ts';

/** How audio is written inside events: PCM16 (little endian, 24 kHz) or G.711 (8 kHz). */
export type WireFormat = 'audio/pcm' | 'audio/pcmu' | 'audio/pcma';

const HZ: Record<WireFormat, number> = { 'audio/pcm': 24_000, 'audio/pcmu': 8_000, 'audio/pcma': 8_000 };

/** Reads one stream of audio, piece by piece and without a seam, as the 48 kHz of the rest of the sandbox. */
export class WireAudioReader {
  readonly format: WireFormat;
  /** The end of the last piece: the interpolation of the next one reaches back to it. */
  #tail = new Float32Array(2 * REACH);

  constructor(format: WireFormat) {
    this.format = format;
  }

  /** Returns what `base64` adds: 1 ms late, because the interpolation looks ahead. */
  read(base64: string): Pcm48k {
    const samples = toSamples(Buffer.from(base64, 'base64'), this.format);
    const input = new Float32Array(this.#tail.length + samples.length);
    input.set(this.#tail);
    input.set(samples, this.#tail.length);
    this.#tail = input.slice(-this.#tail.length);
    const ratio = 48_000 / HZ[this.format];
    const output = upsample(input, HZ[this.format], 48_000).subarray(REACH * ratio, -REACH * ratio);
    return Int16Array.from(output, (sample) => Math.max(-32_768, Math.min(32_767, Math.round(sample))));
  }
}

function toSamples(bytes: Buffer, format: WireFormat): Int16Array {
  if (format !== 'audio/pcm') return decodeG711(bytes, format === 'audio/pcmu' ? 'u' : 'a');
  return Int16Array.from({ length: Math.floor(bytes.length / 2) }, (_, index) =>
    bytes.readInt16LE(index * 2),
  );
}

/** Writes one stream of 48 kHz audio as base64 of a format. */
export class WireAudioWriter {
  readonly #format: WireFormat;
  readonly #decimator: Decimator;

  constructor(format: WireFormat) {
    this.#format = format;
    this.#decimator = new Decimator(HZ[format]);
  }

  write(pcm: Pcm48k): string {
    const samples = Int16Array.from(this.#decimator.push(pcm), (sample) => Math.round(sample * 32_767));
    if (this.#format !== 'audio/pcm') {
      return Buffer.from(encodeG711(samples, this.#format === 'audio/pcmu' ? 'u' : 'a')).toString('base64');
    }
    const bytes = Buffer.alloc(samples.length * 2);
    for (const [index, sample] of samples.entries()) bytes.writeInt16LE(sample, index * 2);
    return bytes.toString('base64');
  }
}
