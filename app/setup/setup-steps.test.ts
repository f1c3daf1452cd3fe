import { describe, expect, it } from 'vitest';
import { site } from '@/business/site';
import { readEnv } from '@/lib/server/platform/env';
import { setupSteps } from './setup-steps';

const titles = (missing: string[]) => setupSteps(missing).map(({ title }) => title);

describe('setupSteps', () => {
  it('returns no step when nothing is missing', () => expect(titles([])).toEqual([]));

  it('returns one step for variables that belong together', () =>
    expect(titles(['UPSTASH_REDIS_REST_URL', 'UPSTASH_REDIS_REST_TOKEN'])).toEqual([
      `A database for ${site.storagePurpose}`,
    ]));

  it('names a variable that has no step of its own', () =>
    expect(titles(['NEW_THING'])).toEqual(['NEW_THING']));

  it('names the address, a way in and the end of calls, in this order', () => {
    const deployed = {
      NODE_ENV: 'production',
      OPENAI_API_KEY: 'sk-1',
      K_SERVICE: 'voice',
      AUTH_SECRET: 's'.repeat(32),
    };
    const { missing } = readEnv({ ...deployed, REDIS_URL: 'redis://localhost' });
    expect(titles(missing)).toEqual([
      'The address of this site',
      'A way to sign in',
      'Something that ends calls on time',
    ]);
  });
});
