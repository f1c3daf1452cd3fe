import { describe, expect, it } from 'vitest';
import { site } from '@/business/site';
import { setupSteps } from './setup-steps';

const titles = (missing: string[], canSignIn: boolean) =>
  setupSteps(missing, canSignIn).map(({ title }) => title);

describe('setupSteps', () => {
  it('returns no step when nothing is missing', () => expect(titles([], true)).toEqual([]));

  it('returns one step for variables that belong together', () =>
    expect(titles(['UPSTASH_REDIS_REST_URL', 'UPSTASH_REDIS_REST_TOKEN'], true)).toEqual([
      `A database for ${site.storagePurpose}`,
    ]));

  it('names a variable that has no step of its own', () =>
    expect(titles(['NEW_THING'], true)).toEqual(['NEW_THING']));

  it('ends with a way to sign in', () =>
    expect(titles(['OPENAI_API_KEY'], false)).toEqual(['A key for the voice', 'A way to sign in']));
});
