import { readFile } from 'node:fs/promises';
import { upsample } from '../media/audio/upsample.ts';
import { WireAudioWriter, type WireFormat } from '../media/audio/wire-audio.ts';
import type { Pcm48k } from '../media/interfaces.ts';

const WAV_HEADER_BYTES = 44;
const SAMPLES_PER_MS = 48;

/** A recording of the contract suite: 16 kHz, mono, 16 bit. */
export async function readRecording(name: string): Promise<Pcm48k> {
  const bytes = await readFile(new URL(`../contract/speech/${name}.wav`, import.meta.url));
  const samples = (bytes.length - WAV_HEADER_BYTES) / 2;
  const pcm = Float32Array.from({ length: samples }, (_, index) =>
    bytes.readInt16LE(WAV_HEADER_BYTES + index * 2),
  );
  return Int16Array.from(upsample(pcm, 16_000, 48_000));
}

export const silence = (ms: number): Pcm48k => new Int16Array(ms * SAMPLES_PER_MS);

/** Audio as a client sends it: base64 pieces of `ms` each. */
export function* toFrames(pieces: readonly Pcm48k[], format: WireFormat, ms = 20): Generator<string> {
  const writer = new WireAudioWriter(format);
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; at += ms * SAMPLES_PER_MS) {
      yield writer.write(piece.slice(at, at + ms * SAMPLES_PER_MS));
    }
  }
}
