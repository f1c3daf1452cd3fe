import { afterEach, expect, test, vi } from 'vitest';
import { signAsQstash } from '@/lib/server/testing/qstash-signature';

const SITE = 'https://voice.example.com';
const PATH = '/api/cron/deadline';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const settings = {
  NEXTAUTH_URL: SITE,
  QSTASH_TOKEN: 't',
  QSTASH_CURRENT_SIGNING_KEY: 'sig_1',
  QSTASH_NEXT_SIGNING_KEY: 'sig_2',
  CRON_SECRET: 'a-cron-secret-of-24-chars',
};

type Guards = typeof import('@/lib/server/endings/cron-guards');

/** As a new process, which has logged nothing yet. Returns what it logs of two refusals. */
async function refuseTwice(ask: (guards: Guards) => void) {
  vi.resetModules();
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  const { log } = await import('@/lib/server/platform/log');
  const logged = vi.spyOn(log(), 'warn').mockReturnValue();
  const guards = await import('@/lib/server/endings/cron-guards');
  for (let i = 0; i < 2; i += 1) expect(() => ask(guards)).toThrow();
  return logged.mock.calls.map(([facts]) => facts);
}

const deliver =
  (signed: Record<string, string>) =>
  ({ requireQstashSignature }: Guards) =>
    requireQstashSignature(new Headers(signed), '{}', PATH);
const reap =
  (headers: Record<string, string>) =>
  ({ requireCronSecret }: Guards) =>
    requireCronSecret(new Request(`${SITE}/api/cron/reap`, { headers }));

const sub = `${SITE}${PATH}`;

test.each([
  ['signature', signAsQstash('{}', { key: 'sig_of_another_account', sub })],
  ['address', signAsQstash('{}', { key: 'sig_1', sub: `https://old.example.com${PATH}` })],
  ['time', signAsQstash('{}', { key: 'sig_1', sub, claims: { nbf: 9_000_000_000 } })],
  ['body', signAsQstash('{"a":1}', { key: 'sig_1', sub })],
])(
  'a message of QStash that ends no call is in the log with its reason: the %s, once a minute',
  async (why, signature) => {
    expect(await refuseTwice(deliver({ 'upstash-signature': signature }))).toEqual([{ path: PATH, why }]);
  },
);

test('a scheduler with an old secret is in the log once a minute, without the secret', async () => {
  expect(await refuseTwice(reap({ authorization: 'Bearer the-secret-of-last-year' }))).toEqual([
    { path: '/api/cron/reap' },
  ]);
});

test('whoever only knocks writes nothing into the log', async () => {
  expect(await refuseTwice(deliver({}))).toEqual([]);
  expect(await refuseTwice(reap({}))).toEqual([]);
});
