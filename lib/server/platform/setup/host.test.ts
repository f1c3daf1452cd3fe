import { describe, expect, test } from 'vitest';
import { readEnv } from '@/lib/server/platform/env';

const DEPLOYED = {
  NODE_ENV: 'production',
  OPENAI_API_KEY: 'sk-1',
  REDIS_URL: 'redis://localhost',
  AUTH_SECRET: 's'.repeat(32),
  AUTH_GUEST: 'true',
  NEXTAUTH_URL: 'https://voice.example.com',
};
const QSTASH = { QSTASH_TOKEN: 't', QSTASH_CURRENT_SIGNING_KEY: 'a', QSTASH_NEXT_SIGNING_KEY: 'b' };
const CRON = { CRON_SECRET: 'c'.repeat(16), CRON_INTERVAL_SECONDS: '60' };
const VERCEL = { VERCEL: '1', VERCEL_ENV: 'production' };
const NO_END = ['QSTASH_TOKEN', 'QSTASH_CURRENT_SIGNING_KEY', 'QSTASH_NEXT_SIGNING_KEY'];

describe('a deployed site lacks', () => {
  test.each<[string, Record<string, string>, string[]]>([
    ['nothing when it is complete', {}, []],
    ['its address behind a proxy that it knows nothing of', { NEXTAUTH_URL: '' }, ['NEXTAUTH_URL']],
    ['nothing where a trusted proxy names the address', { NEXTAUTH_URL: '', AUTH_TRUST_HOST: '1' }, []],
    ['nothing where Vercel names it', { ...VERCEL, ...CRON, NEXTAUTH_URL: '' }, []],
    ['a way to sign in', { AUTH_GUEST: 'false' }, ['AUTH_GITHUB_ID', 'AUTH_GITHUB_SECRET']],
    ['nothing with Google alone', { AUTH_GUEST: '', AUTH_GOOGLE_ID: 'i', AUTH_GOOGLE_SECRET: 's' }, []],
    ['something that ends calls on Vercel', VERCEL, NO_END],
    [
      'it also with a secret alone, for Vercel’s cron comes once a day',
      { ...VERCEL, CRON_SECRET: CRON.CRON_SECRET },
      NO_END,
    ],
    ['nothing on Vercel with QStash', { ...VERCEL, ...QSTASH }, []],
    ['nothing on Vercel with a cron every minute', { ...VERCEL, ...CRON }, []],
    ['something that ends calls on Cloud Run', { K_SERVICE: 'voice' }, NO_END],
    ['something that ends calls on Lambda', { AWS_LAMBDA_FUNCTION_NAME: 'voice' }, NO_END],
    [
      'nothing on Cloud Run with a process that lives on',
      { K_SERVICE: 'voice', PARLEY_KEEPS_RUNNING: '1' },
      [],
    ],
    [
      'something that ends calls where the process does not live on',
      { PARLEY_KEEPS_RUNNING: 'false' },
      NO_END,
    ],
    [
      'nothing of this on a developer’s machine',
      { NODE_ENV: 'development', K_SERVICE: 'v', NEXTAUTH_URL: '', AUTH_GUEST: '' },
      [],
    ],
  ])('%s', (_, env, missing) => {
    expect(readEnv({ ...DEPLOYED, ...env }).missing).toEqual(missing);
  });
});

test.each<[string, Record<string, string>, object]>([
  ['a process that lives on', {}, { kind: 'process', endsCallsBy: 'timer' }],
  ['Vercel', VERCEL, { kind: 'vercel', endsCallsBy: null }],
  [
    'Vercel, whatever is claimed',
    { ...VERCEL, PARLEY_KEEPS_RUNNING: '1' },
    { kind: 'vercel', endsCallsBy: null },
  ],
  [
    'Vercel with QStash and a cron',
    { ...VERCEL, ...QSTASH, ...CRON },
    { kind: 'vercel', endsCallsBy: 'qstash' },
  ],
  ['Cloud Run with a cron', { K_SERVICE: 'v', ...CRON }, { kind: 'serverless', endsCallsBy: 'cron' }],
  [
    'a machine after `vercel env pull`',
    { VERCEL: '1', VERCEL_ENV: 'development' },
    { kind: 'process', endsCallsBy: 'timer' },
  ],
])('the host is %s', (_, env, host) => {
  expect(readEnv({ ...DEPLOYED, ...env }).host).toEqual(host);
});

test('after `vercel env pull` a developer’s machine is no site on Vercel', () => {
  const env = readEnv({ VERCEL: '1', VERCEL_ENV: 'development' });
  expect(env.site).toMatchObject({
    serverless: false,
    isHttps: false,
    trustHost: false,
    clientIpHeader: null,
  });
});

test('a preview is visited, and called by QStash, under its own address', () => {
  const preview = { ...VERCEL, ...QSTASH, VERCEL_ENV: 'preview', VERCEL_URL: 'x-git-y.vercel.app' };
  expect(readEnv({ ...DEPLOYED, ...preview }).site).toMatchObject({
    url: null,
    trustHost: true,
    isHttps: true,
    deliveryUrl: 'https://x-git-y.vercel.app',
  });
  expect(readEnv({ ...DEPLOYED, ...preview, VERCEL_ENV: 'production' }).site).toMatchObject({
    url: 'https://voice.example.com',
    deliveryUrl: 'https://voice.example.com',
  });
});

test('QStash calls a production site on Vercel under the name that Vercel gives it, until it has one of its own', () => {
  const site = { ...DEPLOYED, ...VERCEL, ...QSTASH, VERCEL_PROJECT_PRODUCTION_URL: 'voice.vercel.app' };
  expect(readEnv(site).site.deliveryUrl).toBe('https://voice.example.com');
  const fresh = readEnv({ ...site, NEXTAUTH_URL: '' });
  expect(fresh.missing).toEqual([]);
  expect(fresh.site).toMatchObject({ url: null, deliveryUrl: 'https://voice.vercel.app' });
});

test('a developer’s machine takes the variables of QStash as they are pulled, and needs no address for them', () => {
  const pulled = readEnv({ ...QSTASH, VERCEL: '1', VERCEL_ENV: 'development', VERCEL_URL: '' });
  expect(pulled.site.deliveryUrl).toBeNull();
  expect(pulled.host.endsCallsBy).toBe('timer');
  // Pulled with the rest, where somebody set it for all environments: it is the production's.
  const all = {
    ...DEPLOYED,
    ...QSTASH,
    NODE_ENV: 'development',
    PARLEY_HOSTNAME: '127.0.0.1',
    VERCEL: '1',
    VERCEL_ENV: 'development',
  };
  const { site, voice } = readEnv(all);
  expect(site).toMatchObject({ url: null, deliveryUrl: null, isHttps: false });
  expect(voice.connect).toMatchObject({ user: 'direct', guest: 'relay' });
});
