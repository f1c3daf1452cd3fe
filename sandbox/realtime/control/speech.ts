import { z } from 'zod';
import type { Answer } from '../http/respond.ts';
import type { Media, Pcm48k } from '../media/interfaces.ts';
import { fromZodIssue } from '../protocol/events/zod-refusal.ts';

const SAMPLE_RATE = 48_000;
const BYTES_PER_SAMPLE = 2;
const HEADER_BYTES = 44;

const SpeechRequest = z.strictObject({
  text: z.string().min(1).max(1_000),
  voice: z.string().default('cedar'),
  speed: z.number().min(0.25).max(1.5).default(1),
});

/** `POST /__sandbox/speech`: a sentence as a WAV file, for the microphone of a test. @throws ApiError 400 */
export async function synthesise(media: Promise<Media>, raw: unknown): Promise<Answer> {
  const parsed = SpeechRequest.safeParse(raw);
  if (!parsed.success) throw fromZodIssue(parsed.error.issues, raw, '');
  const { text, ...options } = parsed.data;
  const { speech } = await media;
  const pieces: Pcm48k[] = [];
  for await (const pcm of speech.speak(text, options, new AbortController().signal)) pieces.push(pcm);
  return { status: 200, headers: { 'content-type': 'audio/wav' }, body: toWav(pieces) };
}

/** Mono, 16 bit. */
function toWav(pieces: readonly Pcm48k[]): Buffer {
  const samples = pieces.reduce((sum, { length }) => sum + length, 0);
  const wav = Buffer.alloc(HEADER_BYTES + samples * BYTES_PER_SAMPLE);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(wav.length - 8, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(SAMPLE_RATE, 24);
  wav.writeUInt32LE(SAMPLE_RATE * BYTES_PER_SAMPLE, 28);
  wav.writeUInt16LE(BYTES_PER_SAMPLE, 32);
  wav.writeUInt16LE(8 * BYTES_PER_SAMPLE, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(samples * BYTES_PER_SAMPLE, 40);
  let at = HEADER_BYTES;
  for (const piece of pieces) for (const sample of piece) at = wav.writeInt16LE(sample, at);
  return wav;
}
