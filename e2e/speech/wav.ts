import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BYTES_PER_SAMPLE = 2;
const WAV_HEADER_BYTES = 44;
const SILENCE_SAMPLE_RATE = 16_000;

/** Returns a mono 16-bit WAV file. */
export function toWav(pcm: Buffer, sampleRate: number): Buffer {
  const header = Buffer.alloc(WAV_HEADER_BYTES);
  header.write('RIFF', 0);
  header.writeUInt32LE(WAV_HEADER_BYTES - 8 + pcm.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20); // PCM
  header.writeUInt16LE(1, 22); // mono
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * BYTES_PER_SAMPLE, 28);
  header.writeUInt16LE(BYTES_PER_SAMPLE, 32);
  header.writeUInt16LE(8 * BYTES_PER_SAMPLE, 34);
  header.write('data', 36);
  header.writeUInt32LE(pcm.length, 40);
  return Buffer.concat([header, pcm]);
}

/** Writes one second of silence to a WAV file, and returns its path. Chromium's fake microphone beeps without a file. */
export function writeSilence(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'parley-microphone-')), 'silence.wav');
  writeFileSync(file, toWav(Buffer.alloc(SILENCE_SAMPLE_RATE * BYTES_PER_SAMPLE), SILENCE_SAMPLE_RATE));
  return file;
}
