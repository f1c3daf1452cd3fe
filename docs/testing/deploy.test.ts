import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readEnv } from '@/lib/server/platform/env';
import { parseVariables } from '@/lib/server/platform/env-schema';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const example = read('.env.example');
const isVariable = (name: string) => new RegExp(`^# ${name}=`, 'm').test(example);

describe('the button of the README', () => {
  const [, address = ''] = /\((https:\/\/vercel\.com\/new\/clone\?[^)]+)\)/.exec(read('README.md')) ?? [];
  const asked = new URL(address).searchParams;
  const json = (name: string): unknown => JSON.parse(asked.get(name) ?? '');
  const names = asked.get('env')?.split(',') ?? [];

  test('has only the parameters that Vercel knows, each once', () => {
    expect([...asked.keys()]).toEqual([
      'repository-url',
      'env',
      'envDefaults',
      'envDescription',
      'envLink',
      'products',
    ]);
  });

  test('leads to one repository, and to the guide in it', () => {
    const repository = asked.get('repository-url') ?? '';
    expect(repository).toMatch(/^https:\/\/github\.com\/[\w.-]+\/[\w.-]+$/);
    expect(asked.get('envLink')).toBe(`${repository}/blob/main/docs/deploy.md`);
  });

  test('asks for variables that exist, and says how to make the secret', () => {
    expect(names.filter((name) => !isVariable(name))).toEqual([]);
    expect(asked.get('envDescription')).toContain('openssl rand -base64 33');
  });

  test('has a valid default for what is no secret, and for nothing else', () => {
    const defaults = json('envDefaults') as Record<string, string>;
    expect(Object.keys(defaults).filter((name) => !names.includes(name))).toEqual([]);
    expect(Object.keys(defaults).filter((name) => /KEY|SECRET|TOKEN|GUEST/.test(name))).toEqual([]);
    expect(parseVariables(defaults)).toMatchObject({ ok: true });
  });

  test('brings the database and what ends calls, the same as the template file', () => {
    const { products } = JSON.parse(read('vercel-template.json'));
    expect(json('products')).toEqual(products);
    expect(products.map((one: { productSlug: string }) => one.productSlug)).toEqual([
      'upstash-kv',
      'upstash-qstash',
    ]);
  });

  test('leads to a site that lacks nothing, with what Vercel and its products add', () => {
    const byForm = Object.fromEntries(names.map((name) => [name, name === 'AUTH_GUEST' ? 'true' : '5']));
    const env = readEnv({
      ...byForm,
      AUTH_SECRET: 's'.repeat(44),
      NODE_ENV: 'production',
      VERCEL: '1',
      VERCEL_ENV: 'production',
      VERCEL_URL: 'parley-x.vercel.app',
      VERCEL_PROJECT_PRODUCTION_URL: 'parley.vercel.app',
      KV_REST_API_URL: 'https://x.upstash.io',
      KV_REST_API_TOKEN: 't',
      QSTASH_URL: 'https://qstash.upstash.io',
      QSTASH_TOKEN: 't',
      QSTASH_CURRENT_SIGNING_KEY: 'a',
      QSTASH_NEXT_SIGNING_KEY: 'b',
    });
    expect(env.missing).toEqual([]);
    expect(env.site.deliveryUrl).toBe('https://parley.vercel.app');
    expect(env.host).toEqual({ kind: 'vercel', endsCallsBy: 'qstash' });
  });
});

test('no cron of vercel.json comes more than once a day: the Hobby plan refuses the whole deployment', () => {
  const { crons } = JSON.parse(read('vercel.json')) as { crons: { schedule: string }[] };
  for (const { schedule } of crons) expect(schedule).toMatch(/^\d{1,2} \d{1,2} \S+ \S+ \S+$/);
});
