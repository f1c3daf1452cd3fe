import { expect, test } from 'vitest';
import { trimLead } from './trim-lead.ts';

/** A hum of 400 ms after some quiet, both with a little noise. */
function sound(quietMs: number, noise: number): Float32Array<ArrayBuffer> {
  const start = quietMs * 16;
  return Float32Array.from({ length: start + 400 * 16 }, (_, index) => {
    const hiss = noise * Math.sin(index * index);
    return index < start ? hiss : hiss + 0.3 * Math.sin(index / 8);
  });
}

test.each([0, 0.02])('cuts the quiet before the first sound to 50 ms, noise %d', (noise) => {
  const trimmed = trimLead(sound(300, noise));
  expect(trimmed.length / 16).toBeGreaterThan(430);
  expect(trimmed.length / 16).toBeLessThan(470);
});

test('leaves audio that begins at once, is silent or is empty unchanged', () => {
  expect(trimLead(sound(0, 0)).length).toBe(400 * 16);
  expect(trimLead(new Float32Array(1_600)).length).toBe(1_600);
  expect(trimLead(new Float32Array(0)).length).toBe(0);
});
