import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startRedis } from '@parley/redis-sandbox';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { storeKeys } from '@/lib/server/store/store-keys';
import type { Finding } from '@/lib/shared/owner/doctor';

const TOKEN = 'qstash-token';
const SECRET = `whsec_${Buffer.alloc(32, 'key').toString('base64')}`;

/** QStash, and the company's own sign-in. */
let isDown = false;
let issuer = '';
const others = createServer((request, response) => {
  const isKnown = request.headers.authorization === `Bearer ${TOKEN}`;
  const answers: Record<string, [number, object]> = {
    '/v2/keys': isKnown ? [200, { current: 'sig_1', next: 'sig_2' }] : [401, { error: 'unauthorized' }],
    '/realm/.well-known/openid-configuration': [200, { issuer: `${issuer}/` }],
  };
  const [status, body] = isDown ? [503, {}] : (answers[request.url ?? ''] ?? [404, {}]);
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
});
let engine: Awaited<ReturnType<typeof startRedis>>;
let origin: string;

beforeAll(async () => {
  engine = await startRedis();
  await once(others.listen(0, '127.0.0.1'), 'listening');
  origin = `http://127.0.0.1:${(others.address() as AddressInfo).port}`;
  issuer = `${origin}/realm`;
});
afterAll(async () => {
  others.close();
  await engine.close();
});
afterEach(() => {
  vi.unstubAllEnvs();
  isDown = false;
});

/** Settings are read once per process, so each case loads the modules again. */
async function findWith(change: Record<string, string>): Promise<Finding[]> {
  vi.resetModules();
  const settings = {
    UPSTASH_REDIS_REST_URL: engine.url,
    UPSTASH_REDIS_REST_TOKEN: engine.token,
    NODE_ENV: 'production',
    LOG_LEVEL: 'silent',
    NEXTAUTH_URL: 'https://voice.example.com',
    AUTH_SECRET: 's'.repeat(32),
    AUTH_OIDC_ISSUER: issuer,
    AUTH_OIDC_ID: 'i',
    AUTH_OIDC_SECRET: 's',
    ADMIN_EMAILS: 'ann@example.com',
    QSTASH_URL: origin,
    QSTASH_TOKEN: TOKEN,
    QSTASH_CURRENT_SIGNING_KEY: 'sig_1',
    QSTASH_NEXT_SIGNING_KEY: 'sig_2',
    VOICE_WEBHOOK_URL: 'https://hooks.example.com/',
    VOICE_WEBHOOK_SECRET: SECRET,
    PARLEY_KEEPS_RUNNING: 'false',
    ...change,
  };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  const { checkCallEnds } = await import('@/lib/server/doctor/check-settings');
  const { checkSignIn } = await import('@/lib/server/doctor/check-address');
  const { checkWebhooks } = await import('@/lib/server/doctor/check-services-of-others');
  return [...(await checkCallEnds()), ...(await checkSignIn(null)), ...(await checkWebhooks())];
}

const inShort = (findings: readonly Finding[]) =>
  findings.flatMap(({ code, details }) => (code === null ? [] : [[code, ...details].join(' ')]));

test('nothing is wrong where QStash, the sign-in and the receiver do what they should', async () => {
  const found = await findWith({});
  expect(found.map(({ result }) => result)).toEqual(['ok', 'ok', 'ok']);
  expect(JSON.stringify(found)).not.toContain(TOKEN);
});

describe('a mistake in the settings is found before a call depends on it', () => {
  test.each<[string, Record<string, string>, RegExp]>([
    ['a token of somebody else', { QSTASH_TOKEN: 'foreign' }, /^qstash_refused$/],
    [
      'signing keys of another account',
      { QSTASH_CURRENT_SIGNING_KEY: 'sig_8', QSTASH_NEXT_SIGNING_KEY: 'sig_9' },
      /^qstash_keys_differ$/,
    ],
    ['a QStash that nobody reaches', { QSTASH_URL: 'http://127.0.0.1:1' }, /^qstash_unreachable \w+/],
    ['nobody who may be an administrator', { ADMIN_EMAILS: '' }, /^admin_missing$/],
  ])('%s', async (_, change, words) => {
    const found = inShort(await findWith(change));
    expect(found).toEqual([expect.stringMatching(words)]);
  });

  test('keys that were rotated once still hold: the next one became the current', async () => {
    const rotated = { QSTASH_CURRENT_SIGNING_KEY: 'sig_0', QSTASH_NEXT_SIGNING_KEY: 'sig_1' };
    expect(inShort(await findWith(rotated))).toEqual([]);
  });

  test('an issuer without a discovery document, one that is not there, and one of another name', async () => {
    expect(inShort(await findWith({ AUTH_OIDC_ISSUER: `${origin}/other` }))).toEqual([
      `oidc_no_discovery ${origin}/other/.well-known/openid-configuration`,
    ]);
    expect(inShort(await findWith({ AUTH_OIDC_ISSUER: 'http://127.0.0.1:1' }))).toEqual([
      expect.stringMatching(/^oidc_unreachable \w+/),
    ]);
    issuer = 'https://login.example.com';
    const found = inShort(await findWith({ AUTH_OIDC_ISSUER: `${origin}/realm` }));
    issuer = `${origin}/realm`;
    expect(found).toEqual(['oidc_issuer_differs it calls itself https://login.example.com/']);
  });

  test('services that are down', async () => {
    isDown = true;
    expect(inShort(await findWith({}))).toEqual([
      expect.stringMatching(/^qstash_unreachable/),
      expect.stringMatching(/^oidc_no_discovery/),
    ]);
  });
});

test('webhooks that wait, and a receiver that wants no more', async () => {
  await findWith({});
  const { getRedis } = await import('@/lib/server/store/redis');
  await getRedis().zadd(storeKeys.webhooks, { score: 9e15, member: 'msg_1 {}' });
  expect(inShort(await findWith({}))).toEqual(['webhooks_waiting 1 waiting']);
  const { stop } = await import('@/lib/server/webhooks/stopped');
  const { getEnv } = await import('@/lib/server/platform/env');
  const { webhook } = getEnv();
  if (webhook) await stop(webhook);
  expect(inShort(await findWith({}))).toEqual(['webhooks_stopped']);
});
