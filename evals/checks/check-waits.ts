import type { ObservedCall, Wait } from '../call/observed.ts';
import type { Limits } from '../scenario/scenario.ts';
import { type Check, toCheck } from './check.ts';

const NAMES: Record<Wait['kind'], { check: string; limit: keyof Limits }> = {
  'first sound': { check: 'first sound', limit: 'firstSoundMs' },
  answer: { check: 'every answer', limit: 'answerMs' },
  yield: { check: 'falls silent when interrupted', limit: 'yieldMs' },
};

/** Checks how long the caller waited, by the sound that the page played. */
export function checkWaits(limits: Limits, { waits }: Pick<ObservedCall, 'waits'>): Check[] {
  return Object.entries(NAMES).flatMap(([kind, { check, limit }]) => {
    const ofKind = waits.filter((wait) => wait.kind === kind);
    if (ofKind.length === 0) return [];
    const most = limits[limit];
    const late = ofKind.filter(({ ms }) => ms === null || ms > most);
    const causes = late.map(
      ({ after, ms }) => `after “${after}”: ${ms === null ? 'never' : `${Math.round(ms)} ms`}`,
    );
    return toCheck(`${check} within ${most} ms`, causes.length > 0 ? causes.join('; ') : null);
  });
}
