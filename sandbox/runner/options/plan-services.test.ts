import { describe, expect, it } from 'vitest';
import { type Environment, type Mode, missingVariables, type Plan, planServices } from './plan-services.ts';

const nothing: Plan = { realtime: 'missing', redis: 'missing', authSecret: 'missing', trustHost: false };
const embedded: Plan = { realtime: 'sandbox', redis: 'embedded', authSecret: 'kept', trustHost: true };
const own: Plan = { realtime: 'configured', redis: 'configured', authSecret: 'configured', trustHost: false };

const key = { OPENAI_API_KEY: 'sk-real' };
const upstash = { UPSTASH_REDIS_REST_URL: 'https://x.upstash.io', UPSTASH_REDIS_REST_TOKEN: 't' };
const secret = { AUTH_SECRET: 's' };
const sandbox = { PARLEY_SANDBOX: '1' };

const CASES: [name: string, mode: Mode, env: Environment, expected: Plan][] = [
  ['nothing set', 'dev', {}, embedded],
  ['an unedited .env.example', 'dev', { OPENAI_API_KEY: '', REDIS_URL: ' ', AUTH_SECRET: '' }, embedded],
  ['an own key', 'dev', key, { ...embedded, realtime: 'configured' }],
  ['another OpenAI', 'dev', { OPENAI_BASE_URL: 'http://x/v1' }, { ...embedded, realtime: 'configured' }],
  ['an own key, sandbox asked for', 'dev', { ...key, ...sandbox }, embedded],
  ['an own key, sandbox by word', 'dev', { ...key, PARLEY_SANDBOX: 'true' }, embedded],
  ['no key, sandbox refused', 'dev', { PARLEY_SANDBOX: '0' }, { ...embedded, realtime: 'missing' }],
  ['Upstash', 'dev', upstash, { ...embedded, redis: 'configured' }],
  ['Vercel KV', 'dev', { KV_REST_API_URL: 'https://x' }, { ...embedded, redis: 'configured' }],
  ['any Redis', 'dev', { REDIS_URL: 'redis://x' }, { ...embedded, redis: 'configured' }],
  ['an own secret', 'dev', secret, { ...embedded, authSecret: 'configured' }],
  [
    'an own secret by its old name',
    'dev',
    { NEXTAUTH_SECRET: 's' },
    { ...embedded, authSecret: 'configured' },
  ],
  ['an own decision on the host', 'dev', { AUTH_TRUST_HOST: '1' }, { ...embedded, trustHost: false }],
  ['everything set', 'dev', { ...key, ...upstash, ...secret }, { ...own, trustHost: true }],
  ['on Vercel', 'dev', { VERCEL: '1' }, nothing],
  ['after `vercel env pull`', 'dev', { VERCEL: '1', VERCEL_ENV: 'development' }, embedded],
  ['after `vercel env pull`', 'start', { ...sandbox, VERCEL: '1', VERCEL_ENV: 'development' }, embedded],
  ['on Vercel, in a preview', 'start', { ...sandbox, VERCEL: '1', VERCEL_ENV: 'preview' }, nothing],

  ['nothing set', 'start', {}, nothing],
  ['sandbox refused', 'start', { PARLEY_SANDBOX: '0' }, nothing],
  ['an unknown word', 'start', { PARLEY_SANDBOX: 'maybe' }, nothing],
  ['sandbox asked for', 'start', sandbox, embedded],
  ['sandbox asked for, own Redis', 'start', { ...sandbox, ...upstash }, { ...embedded, redis: 'configured' }],
  ['sandbox asked for on Vercel', 'start', { ...sandbox, VERCEL: '1' }, nothing],
  ['only a key', 'start', key, { ...nothing, realtime: 'configured' }],
  ['everything set', 'start', { ...key, ...upstash, ...secret }, own],
];

describe('planServices', () => {
  it.each(CASES)('%s, %s', (_name, mode, env, expected) => {
    expect(planServices(env, mode)).toEqual(expected);
  });
});

it('names the variables that are missing', () => {
  expect(missingVariables(own)).toEqual([]);
  expect(missingVariables(nothing)).toEqual([
    'OPENAI_API_KEY',
    'UPSTASH_REDIS_REST_URL',
    'UPSTASH_REDIS_REST_TOKEN',
    'AUTH_SECRET',
  ]);
});
