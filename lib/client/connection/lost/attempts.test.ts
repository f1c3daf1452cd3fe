import { describe, expect, it } from 'vitest';
import {
  type Attempts,
  beginAttempts,
  countAttempt,
  pauseBefore,
  showAttempt,
} from '@/lib/client/connection/lost/attempts';

const LOST_AT_MS = 1_000_000;
const met = (...outcomes: ('refused' | 'silent')[]): Attempts =>
  outcomes.reduce(countAttempt, beginAttempts(LOST_AT_MS));
const pause = (attempts: Attempts, passedMs = 0, random = 0) =>
  pauseBefore(attempts, LOST_AT_MS + passedMs, random);

describe('the pause before the next attempt', () => {
  it('grows with each refusal, and there is none after the third', () => {
    expect(pause(met())).toBe(500);
    expect(pause(met('refused'))).toBe(2_000);
    expect(pause(met('refused', 'refused'))).toBe(4_000);
    expect(pause(met('refused', 'refused', 'refused'))).toBeNull();
  });

  it('grows to four seconds while nothing answers, and stays there', () => {
    expect(pause(met('silent'))).toBe(1_000);
    expect(pause(met('silent', 'silent'))).toBe(2_000);
    expect(pause(met('silent', 'silent', 'silent'))).toBe(4_000);
    expect(pause(met(...Array<'silent'>(12).fill('silent')))).toBe(4_000);
  });

  it('is up to a quarter longer, at random', () => {
    expect(pause(met(), 0, 1)).toBe(625);
  });

  it('does not reach beyond a minute without sound', () => {
    const attempts = met(...Array<'silent'>(12).fill('silent'));
    expect(pause(attempts, 55_999)).toBe(4_000);
    expect(pause(attempts, 56_000)).toBeNull();
    expect(pause(met('refused'), 58_000)).toBeNull();
  });
});

it('counts no silence as a refusal, and forgets it with the first answer', () => {
  const shown = (attempts: Attempts, isOnline = true) => showAttempt(attempts, isOnline, null);
  expect(shown(met('refused', 'silent', 'silent'))).toMatchObject({ attempt: 2, isSilent: true });
  expect(shown(met('silent', 'refused'))).toMatchObject({ attempt: 2, isSilent: false });
  expect(pause(met('silent', 'silent', 'refused'))).toBe(2_000);
  expect(shown(met(), false)).toMatchObject({ attempt: 1, isSilent: true });
});
