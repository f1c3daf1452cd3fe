import { expect, it } from 'vitest';
import { createSoundHints, type SoundSample } from '@/lib/client/audio/sound-hints';

/** Feeds ten samples a second and returns the last hint. */
function hintAfter(seconds: number, sample: Partial<SoundSample>, read = createSoundHints(), fromMs = 0) {
  const rest = { amplitude: 0, microphone: 'on', turn: 'listening', wasHeard: false, ...sample } as const;
  let hint = read({ atMs: fromMs, ...rest });
  for (let step = 1; step <= seconds * 10; step++) hint = read({ atMs: fromMs + step * 100, ...rest });
  return hint;
}

const LOUD = 0.05;

it.each([
  [0.7, { microphone: 'muted', amplitude: LOUD }, null],
  [0.8, { microphone: 'muted', amplitude: LOUD }, 'muted_speech'],
  [5, { microphone: 'muted', amplitude: 0.005 }, null],
  [5, { microphone: 'muted', amplitude: LOUD, turn: 'agent_speaking' }, null],
  [5, { microphone: 'on', amplitude: LOUD }, null],
  [7.9, {}, null],
  [8, {}, 'no_sound'],
  [20, { amplitude: 0.001 }, null],
  [20, { turn: 'agent_speaking' }, null],
  [20, { wasHeard: true }, null],
  [20, { microphone: 'muted' }, null],
  [20, { microphone: 'none' }, null],
] as const)('after %d s of %o the hint is %s', (seconds, sample, expected) => {
  expect(hintAfter(seconds, sample)).toBe(expected);
});

it('bridges the gaps between syllables and stays a while', () => {
  const read = createSoundHints();
  const muted = { microphone: 'muted', turn: 'listening', wasHeard: true } as const;
  let hint = null;
  for (let step = 0; step < 20; step++) {
    hint = read({ atMs: step * 100, amplitude: step % 3 === 2 ? 0 : LOUD, ...muted });
  }
  expect(hint).toBe('muted_speech');
  expect(hintAfter(2.8, muted, read, 2_000)).toBe('muted_speech');
  expect(hintAfter(1, muted, read, 5_000)).toBeNull();
});

it('goes at once with the mute', () => {
  const read = createSoundHints();
  expect(hintAfter(2, { microphone: 'muted', amplitude: LOUD }, read)).toBe('muted_speech');
  expect(hintAfter(0, { microphone: 'on', amplitude: LOUD }, read, 2_100)).toBeNull();
});

it('is none the wiser for a clock that was set back', () => {
  const read = createSoundHints();
  hintAfter(1, {}, read, 10_000_000);
  expect(hintAfter(8, {}, read)).toBe('no_sound');
});
