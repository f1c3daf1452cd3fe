import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Sentence {
  /** Silence before it, counted from the opening of the microphone or from the end of the sentence before. */
  afterSeconds: number;
  /** Name of a recording in e2e/speech or e2e/business/speech. */
  say: string;
}

const SAMPLE_RATE = 16_000;
const BYTES_PER_SAMPLE = 2;
const WAV_HEADER_BYTES = 44;

const silence = (seconds: number) => Buffer.alloc(Math.round(seconds * SAMPLE_RATE) * BYTES_PER_SAMPLE);

/** What people say in any call, and what they say to this business. */
export const RECORDING_FOLDERS = ['./speech/', './business/speech/'].map(
  (folder) => new URL(folder, import.meta.url),
);

function recording(name: string): Buffer {
  const files = RECORDING_FOLDERS.map((folder) => new URL(`${name}.wav`, folder));
  const file = files.find((one) => existsSync(one));
  if (file === undefined) throw new Error(`There is no recording ${name}.wav: see e2e/speech/README.md.`);
  return readFileSync(file).subarray(WAV_HEADER_BYTES);
}

/** A mono 16-bit WAV file. */
export function toWav(pcm: Buffer, sampleRate: number): Buffer {
  return Buffer.concat([wavHeader(pcm.length, sampleRate), pcm]);
}

function wavHeader(dataBytes: number, sampleRate: number): Buffer {
  const header = Buffer.alloc(WAV_HEADER_BYTES);
  header.write('RIFF', 0);
  header.writeUInt32LE(WAV_HEADER_BYTES - 8 + dataBytes, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20); // PCM
  header.writeUInt16LE(1, 22); // mono
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * BYTES_PER_SAMPLE, 28);
  header.writeUInt16LE(BYTES_PER_SAMPLE, 32);
  header.writeUInt16LE(8 * BYTES_PER_SAMPLE, 34);
  header.write('data', 36);
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

/** Writes what the browser's microphone will hear to a WAV file, and returns its path. */
export function writeMicrophoneTrack(sentences: readonly Sentence[]): string {
  const parts = sentences.flatMap(({ afterSeconds, say }) => [silence(afterSeconds), recording(say)]);
  const sound = Buffer.concat([...parts, silence(1)]);
  const file = join(mkdtempSync(join(tmpdir(), 'parley-microphone-')), 'microphone.wav');
  writeFileSync(file, toWav(sound, SAMPLE_RATE));
  return file;
}
