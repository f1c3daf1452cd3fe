import { expect, test } from 'vitest';
import { TurnDetector, type TurnEvent } from './turn-detector.ts';

const frame = 512;

/** `#` is a frame of speech, `.` one of silence, `?` one in between. */
function follow(frames: string, silenceMs = 500): [frame: number, event: TurnEvent['kind']][] {
  const detector = new TurnDetector({ silenceSamples: silenceMs * 16, threshold: 0.5 });
  const probabilities: Record<string, number> = { '#': 0.9, '?': 0.4, '.': 0.05 };
  return Array.from(frames).flatMap((letter, index) => {
    const event = detector.judge(probabilities[letter] ?? 0, frame, (index + 1) * frame);
    return event ? [[index, event.kind] as [number, TurnEvent['kind']]] : [];
  });
}

test('a turn starts after 64 ms of speech and stops after the silence', () => {
  expect(follow(`..${'#'.repeat(20)}${'.'.repeat(16)}`)).toEqual([
    [3, 'started'],
    [25, 'pausing'],
    [37, 'stopped'],
  ]);
});

test('a click is not a turn', () => {
  expect(follow('..#..#...#..')).toEqual([]);
});

test('speech after a pause resumes the turn', () => {
  const kinds = follow(`${'#'.repeat(5)}${'.'.repeat(8)}${'#'.repeat(5)}${'.'.repeat(16)}`).map(
    ([, kind]) => kind,
  );
  expect(kinds).toEqual(['started', 'pausing', 'resumed', 'pausing', 'stopped']);
});

test('soft syllables do not end a turn', () => {
  expect(follow(`##${'?'.repeat(40)}`).map(([, kind]) => kind)).toEqual(['started']);
});

test('a silence shorter than the pause ends the turn without one', () => {
  expect(follow(`####${'.'.repeat(10)}`, 100).map(([, kind]) => kind)).toEqual(['started', 'stopped']);
});

test('a turn of 30 s is cut', () => {
  const events = follow('#'.repeat(1_000));
  expect(events.map(([, kind]) => kind)).toEqual(['started', 'stopped', 'started']);
  expect(events[1]?.[0]).toBe(937);
});
