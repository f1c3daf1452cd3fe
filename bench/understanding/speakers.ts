import { Decimator } from '@parley/realtime-sandbox/media/audio/decimate';
import type { VoiceDetector } from '@parley/realtime-sandbox/media/audio/silero';
import { upsample } from '@parley/realtime-sandbox/media/audio/upsample';
import type { Media, Pcm48k } from '@parley/realtime-sandbox/media/interfaces';
import { hearAll } from './hear-all.ts';
import { addPinkNoise } from './noise.ts';

/** The synthesiser's two voices, one of them also fast. */
export const SPEAKERS = [
  { voice: 'marin', speed: 1 },
  { voice: 'cedar', speed: 1 },
  { voice: 'cedar', speed: 1.2 },
] as const;

const NOISE_DB = 15;
const SILENCE = new Int16Array(24_000);

export type Speaker = (typeof SPEAKERS)[number];

/** Speaks a sentence with silence around it, clean and in pink noise 15 dB below it. */
export async function speak(media: Media, text: string, speaker: Speaker, seed: number) {
  const pieces: Pcm48k[] = [SILENCE];
  for await (const piece of media.speech.speak(text, speaker, new AbortController().signal))
    pieces.push(piece);
  const clean = Int16Array.from([...pieces, SILENCE].flatMap((piece) => Array.from(piece)));
  const noisy = upsample(addPinkNoise(new Decimator().push(clean), NOISE_DB, seed), 16_000, 48_000);
  return { clean, noisy: Int16Array.from(noisy, (sample) => Math.max(-1, Math.min(1, sample)) * 32_767) };
}

/** What a call would hear of it: voice activity detection, then the recogniser with the hints of that moment. */
export async function recognise(
  media: Media,
  detector: VoiceDetector,
  pcm: Pcm48k,
  hints: readonly string[],
): Promise<string> {
  const texts: string[] = [];
  for (const turn of await hearAll(detector, pcm)) {
    texts.push((await media.speech.recognise(turn, hints)).text.trim());
  }
  return texts.join(' ');
}
