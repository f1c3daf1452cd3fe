import { expect, test } from 'vitest';
import { shapeSpeech } from './shape-speech.ts';

const sampleRate = 16_000;

/** A tone with silence around it, as a synthesiser returns a sentence. */
function sentence(level: number) {
  const samples = new Float32Array(2 * sampleRate);
  for (let index = 4_000; index < 20_000; index++) samples[index] = level * Math.sin(index / 5);
  return { samples, sampleRate };
}

const loudness = (pcm: Int16Array) =>
  Math.sqrt(pcm.reduce((sum, sample) => sum + (sample / 32_768) ** 2, 0) / pcm.length);

test('trims the silence and adds the pause', () => {
  const pcm = shapeSpeech(sentence(0.3), 200);
  expect(pcm.length / 48).toBeCloseTo(20 + 1_000 + 30 + 200, -1);
  expect(pcm.slice(-200 * 48).every((sample) => sample === 0)).toBe(true);
});

test('a soft click ahead of the sentence is silence too', () => {
  const clicking = sentence(0.3);
  for (let index = 2_000; index < 2_320; index++) clicking.samples[index] = 0.004 * Math.sin(index);
  expect(shapeSpeech(clicking, 0).length).toBe(shapeSpeech(sentence(0.3), 0).length);
});

test('soft and loud sentences become equally loud', () => {
  const [soft, loud] = [0.05, 0.6].map((level) => loudness(shapeSpeech(sentence(level), 0)));
  expect((soft ?? 0) / (loud ?? 1)).toBeCloseTo(1, 1);
});

test('begins and ends at zero, so that no seam clicks', () => {
  const pcm = shapeSpeech(sentence(0.9), 0);
  expect(Math.abs(pcm[0] ?? 1)).toBe(0);
  expect(Math.abs(pcm.at(-1) ?? 1)).toBe(0);
  const jumps = pcm.map((sample, index) => Math.abs(sample - (pcm[index - 1] ?? 0)));
  expect(Math.max(...jumps.slice(0, 240))).toBeLessThan(1_500);
});

test('rounds peaks off instead of clipping them', () => {
  const { samples } = sentence(0.05);
  samples[10_000] = 0.4;
  const pcm = shapeSpeech({ samples, sampleRate }, 0);
  expect(Math.max(...pcm)).toBeLessThan(32_767);
});

test('silence stays silence', () => {
  expect(shapeSpeech({ samples: new Float32Array(16_000), sampleRate }, 100)).toEqual(new Int16Array(4_800));
});
