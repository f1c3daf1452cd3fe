import { expect, test } from 'vitest';
import type { Pcm48k } from '../interfaces.ts';
import { WireAudioReader, WireAudioWriter, type WireFormat } from './wire-audio.ts';

const FORMATS: WireFormat[] = ['audio/pcm', 'audio/pcmu', 'audio/pcma'];

const tone = (hertz: number, seconds = 0.5): Pcm48k =>
  Int16Array.from(
    { length: 48_000 * seconds },
    (_, index) => 12_000 * Math.sin((2 * Math.PI * hertz * index) / 48_000),
  );

/** There and back in pieces of 20 ms, as a telephone bridge sends them. */
function throughWire(pcm: Pcm48k, format: WireFormat): number[] {
  const [writer, reader] = [new WireAudioWriter(format), new WireAudioReader(format)];
  const back: number[] = [];
  for (let at = 0; at < pcm.length; at += 960)
    back.push(...reader.read(writer.write(pcm.slice(at, at + 960))));
  return back;
}

/** The share of the power that is not the tone, in dB: a seam at every piece would be heard as a buzz. */
function distortionDb(samples: readonly number[], hertz: number): number {
  const steady = samples.slice(4_800, 4_800 + 14_400);
  const [sine, cosine] = [Math.sin, Math.cos].map((wave) =>
    steady.reduce((sum, sample, index) => sum + sample * wave((2 * Math.PI * hertz * index) / 48_000), 0),
  ) as [number, number];
  const power = steady.reduce((sum, sample) => sum + sample * sample, 0);
  const tonePower = (2 * (sine * sine + cosine * cosine)) / steady.length;
  return 10 * Math.log10(Math.max(1e-9, power - tonePower) / power);
}

test.each(FORMATS)('a tone comes back whole and without seams through %s', (format) => {
  const back = throughWire(tone(1_000), format);
  expect(back.length).toBeGreaterThan(24_000 - 960);
  expect(back.length).toBeLessThanOrEqual(24_000);
  expect(distortionDb(back, 1_000)).toBeLessThan(format === 'audio/pcm' ? -55 : -30);
});

test('what a telephone cannot carry is removed, not folded into what it can', () => {
  const back = throughWire(tone(5_000), 'audio/pcmu');
  const loudest = Math.max(...back.slice(4_800).map(Math.abs));
  expect(loudest).toBeLessThan(12_000 / 50);
});

test('an odd byte at the end of a piece and an empty piece are no samples', () => {
  const reader = new WireAudioReader('audio/pcm');
  expect(reader.read('')).toHaveLength(0);
  expect(reader.read(Buffer.alloc(481).toString('base64'))).toHaveLength(480);
});
