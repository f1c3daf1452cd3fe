import { expect, test } from 'vitest';
import { TurnDetector, type TurnEvent } from './turn-detector.ts';

const frame = 512;

/** `#` is surely a frame of speech, `~` likely, `!` hardly, `?` is below the threshold, `.` silence. */
function follow(frames: string, silenceMs = 500): [frame: number, event: TurnEvent['kind']][] {
  const detector = new TurnDetector({ silenceSamples: silenceMs * 16, threshold: 0.5 });
  const probabilities: Record<string, number> = { '#': 0.9, '~': 0.65, '!': 0.55, '?': 0.4, '.': 0.05 };
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

test('what is only likely to be speech must be so for longer, and what is hardly so is none', () => {
  expect(follow('..~~~...')).toEqual([]);
  expect(follow('..~~~~~~')).toEqual([[5, 'started']]);
  expect(follow(`..#~#${'.'.repeat(4)}`)).toEqual([
    [4, 'started'],
    [8, 'pausing'],
  ]);
  expect(follow(`..${'!'.repeat(200)}`)).toEqual([]);
});

test('a turn begins where the first frame of the onset began', () => {
  const detector = new TurnDetector({ silenceSamples: 8_000, threshold: 0.5 });
  const events = [0.1, 0.55, 0.7, 0.9, 0.9].map((probability, index) =>
    detector.judge(probability, frame, (index + 1) * frame),
  );
  expect(events.at(-1)).toEqual({ kind: 'started', startsAt: frame });
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
