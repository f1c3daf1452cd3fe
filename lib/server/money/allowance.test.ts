import { expect, test } from 'vitest';
import { readEnv } from '@/lib/server/platform/env';

const notesWith = (env: Record<string, string>) => readEnv({ OPENAI_API_KEY: 'sk-key', ...env }).notes;

test('the defaults fit together: nobody’s day costs more than a quarter of the site’s', () => {
  expect(notesWith({}).join()).not.toContain('SECONDS_PER_DAY');
});

test('a limit that does not fit the budget is said at start, with what holds instead', () => {
  const notes = notesWith({ OPENAI_REALTIME_MODEL: 'gpt-realtime-2.1', VOICE_GUEST_SECONDS_PER_DAY: '600' });
  expect(notes).toContainEqual(
    'VOICE_USER_SECONDS_PER_DAY=2400 would cost $7.20 with gpt-realtime-2.1, more than a quarter of VOICE_SITE_BUDGET_USD_PER_DAY=10: nobody gets more than 833 seconds a day.',
  );
  expect(notes.join()).not.toContain('VOICE_GUEST_SECONDS_PER_DAY');
});

test('so is a share of the guests that is more than the whole', () => {
  expect(notesWith({ VOICE_GUEST_BUDGET_USD_PER_DAY: '20' }).join()).toContain(
    'VOICE_GUEST_BUDGET_USD_PER_DAY=20',
  );
});

test('so is a budget of which guests get a third though nobody else can sign in', () => {
  const open = { NODE_ENV: 'production', AUTH_GUEST: 'true', VOICE_SITE_BUDGET_USD_PER_DAY: '5' };
  const note = 'VOICE_GUEST_BUDGET_USD_PER_DAY=5 gives them all of it.';
  expect(notesWith(open).join()).toContain(note);
  expect(notesWith({ ...open, AUTH_GITHUB_ID: 'id', AUTH_GITHUB_SECRET: 'secret' }).join()).not.toContain(
    note,
  );
  expect(notesWith({ ...open, VOICE_GUEST_BUDGET_USD_PER_DAY: '2' }).join()).not.toContain(note);
});

test.each([
  [{}, 10 / 3],
  [{ VOICE_SITE_BUDGET_USD_PER_DAY: '30' }, 10],
  [{ VOICE_GUEST_BUDGET_USD_PER_DAY: '1.50' }, 1.5],
  [{ PARLEY_SANDBOX: '1', OPENAI_BASE_URL: 'http://127.0.0.1:8080/v1' }, 10],
])('with %j the guests have $%d a day', (env, usd) => {
  expect(readEnv(env).voice.guestBudgetUsdPerDay).toBe(usd);
});
