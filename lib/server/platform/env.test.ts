import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, test } from 'vitest';
import { readEnv } from '@/lib/server/platform/env';
import { readProblems } from '@/lib/server/testing/read-problems';

const example = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8');

test('with nothing set, everything has a default and the missing parts are named', () => {
  const env = readEnv({});
  expect(env.missing).toEqual([
    'OPENAI_API_KEY',
    'UPSTASH_REDIS_REST_URL',
    'UPSTASH_REDIS_REST_TOKEN',
    'AUTH_SECRET',
  ]);
  expect(env.realtime).toEqual({
    model: 'gpt-realtime-2.1-mini',
    voice: 'marin',
    instructions: null,
    language: 'en',
    voiceAccent: null,
    voiceTone: null,
    transcriptionModel: 'gpt-realtime-whisper',
    clientSecretTtlSeconds: 60,
    turnTaking: {
      detection: { type: 'semantic_vad', eagerness: 'auto' },
      noise: 'near_field',
      effort: 'low',
    },
    omit: [],
  });
  expect(env.openai).toEqual({ apiKey: null, baseUrl: 'https://api.openai.com/v1' });
  expect(env.voice).toMatchObject({ callSeconds: 300, siteBudgetUsdPerDay: 10, callsPerMinute: 5 });
  expect(env.auth.guest).toBe(false);
});

test('a complete deployment lacks nothing', () => {
  const env = readEnv({
    OPENAI_API_KEY: 'sk-1',
    KV_REST_API_URL: 'https://x.upstash.io/',
    KV_REST_API_TOKEN: 't',
    NEXTAUTH_SECRET: 's'.repeat(32),
  });
  expect(env.missing).toEqual([]);
  expect(env.redis).toEqual({ kind: 'rest', url: 'https://x.upstash.io', token: 't' });
  expect(env.auth.secret).toBe('s'.repeat(32));
});

test.each<[string, Record<string, string>, boolean]>([
  ['nobody brings one', {}, true],
  ['callers bring theirs', { VOICE_ALLOW_REQUEST_KEY: 'true' }, false],
  ['callers bring theirs, but are relayed', { VOICE_ALLOW_REQUEST_KEY: '1', VOICE_CONNECT: 'relay' }, true],
])('a key is missing when %s', (_, source, isMissing) => {
  expect(readEnv(source).missing.includes('OPENAI_API_KEY')).toBe(isMissing);
});

describe('a value out of range is named and shown, with what it may be', () => {
  test.each([
    ['OPENAI_REALTIME_CLIENT_SECRET_TTL', '5', 'a whole number from 10 to 7200'],
    ['OPENAI_REALTIME_CLIENT_SECRET_TTL', '7201', 'a whole number from 10 to 7200'],
    ['OPENAI_REALTIME_CLIENT_SECRET_TTL', '60s', 'a whole number from 10 to 7200'],
    ['OPENAI_REALTIME_VOICE', '!', 'the name of a voice such as marin'],
    ['OPENAI_REALTIME_MODEL', 'gpt realtime', 'a model name such as gpt-realtime-2.1-mini'],
    ['OPENAI_REALTIME_LANGUAGE', 'English', 'a language code such as en, de or pt-BR'],
    ['OPENAI_BASE_URL', 'api.openai.com', 'a URL that starts with https:// or http://'],
    ['NEXTAUTH_URL', 'ftp://x', 'a URL that starts with https:// or http://'],
    ['VOICE_CONNECT', 'proxy', 'one of direct, relay'],
    ['VOICE_ALLOW_REQUEST_KEY', 'maybe', 'one of 1, true, 0, false'],
    ['VOICE_ALLOW_DIRECT_STRANGERS_AT_MY_OWN_RISK', 'yes', 'one of 1, true, 0, false'],
    ['VOICE_CALL_SECONDS', '4', 'a whole number from 5 to 3600'],
    ['VOICE_CALL_SECONDS', '3601', 'a whole number from 5 to 3600'],
    ['VOICE_CALL_SECONDS', '-300', 'a whole number from 5 to 3600'],
    ['VOICE_GUEST_SECONDS_PER_DAY', '86401', 'a whole number from 0 to 86400'],
    ['VOICE_SITE_BUDGET_USD_PER_DAY', '1e3', 'an amount in US dollars from 0 to 100000'],
    ['VOICE_SITE_BUDGET_USD_PER_DAY', '-1', 'an amount in US dollars from 0 to 100000'],
    ['VOICE_CALLS_PER_MINUTE', '0', 'a whole number from 1 to 1000'],
    ['VOICE_ALLOWED_HOSTS', 'https://a.example', 'host names separated by commas'],
    ['VOICE_ALLOWED_HOSTS', '*.com', 'host names separated by commas'],
    ['VOICE_ALLOWED_HOSTS', '*', 'host names separated by commas'],
    ['VOICE_ALLOWED_HOSTS', 'app.*.example', 'host names separated by commas'],
    ['AUTH_GUEST', 'yes', 'one of 1, true, 0, false'],
    ['AUTH_TRUST_HOST', 'false', 'one of 1, true'],
    ['PARLEY_SANDBOX', 'on', 'one of 1, true, 0, false'],
    ['CLIENT_IP_HEADER', 'x real ip', 'a header name such as x-real-ip'],
    ['LOG_LEVEL', 'loud', 'one of trace, debug, info, warn, error, fatal, silent'],
  ])('%s=%s', (name, value, mayBe) => {
    const problems = readProblems({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`${name} is "${value}", but must be ${mayBe}`);
  });
});

test.each([
  ['AUTH_SECRET', 'short-secret-value'],
  ['CRON_SECRET', 'tiny-secret'],
  ['ADMIN_EMAILS', 'ann.at.example.com'],
  ['REDIS_URL', 'http://me:password@host'],
  ['UPSTASH_REDIS_REST_URL', 'my-secret-host'],
  ['AUTH_OIDC_ISSUER', 'https://me:password@idp.example'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'grpc://me:password@traces.example'],
])('%s is never shown', (name, value) => {
  const problems = readProblems({ [name]: value, UPSTASH_REDIS_REST_TOKEN: 't', [`${name}_`]: '' });
  expect(problems.join('\n')).toContain(name);
  expect(problems.join('\n')).not.toContain(value);
});

test('all problems are reported at once', () => {
  const problems = readProblems({
    VOICE_CALL_SECONDS: '1',
    OPENAI_REALTIME_NOISE: 'x',
    AUTH_GITHUB_ID: 'id',
  });
  expect(problems).toHaveLength(3);
  expect(problems).toContain('AUTH_GITHUB_SECRET is not set, but AUTH_GITHUB_ID is: set both or neither.');
});

test('an empty line counts as not set, and spaces around a value do not matter', () => {
  const env = readEnv({ VOICE_CALL_SECONDS: '', OPENAI_REALTIME_VOICE: ' cedar ', AUTH_GITHUB_ID: '  ' });
  expect(env.voice.callSeconds).toBe(300);
  expect(env.realtime.voice).toBe('cedar');
  expect(env.auth.github).toBeNull();
});

const SANDBOX = { PARLEY_SANDBOX: '1', OPENAI_BASE_URL: 'http://127.0.0.1:8080/v1' };

test.each([
  [SANDBOX, true],
  [{ ...SANDBOX, AUTH_GUEST: 'false' }, false],
  [{ AUTH_GUEST: 'true' }, true],
  [{}, false],
])('guests with %j: %s', (source, guest) => {
  expect(readEnv(source).auth.guest).toBe(guest);
});

test('the sandbox switch opens nothing where calls go to OpenAI itself', () => {
  const env = readEnv({ PARLEY_SANDBOX: '1', NODE_ENV: 'production', OPENAI_API_KEY: 'sk-1' });
  expect(env).toMatchObject({ sandbox: false, deployed: true, auth: { guest: false } });
  expect(env.voice.connect.guest).toBe('relay');
  const gateway = readEnv({
    PARLEY_SANDBOX: '1',
    NODE_ENV: 'production',
    OPENAI_BASE_URL: 'http://litellm:4000/v1',
  });
  expect(gateway).toMatchObject({ sandbox: false, deployed: true, auth: { guest: false } });
  const demo = readEnv({ ...SANDBOX, NODE_ENV: 'production', OPENAI_API_KEY: 'sk-1' });
  expect(demo).toMatchObject({ sandbox: true, deployed: false, auth: { guest: true } });
});

test.each(['production', 'staging', 'Production', 'prod'])('NODE_ENV=%s is on the internet', (NODE_ENV) => {
  const env = readEnv({
    NODE_ENV,
    OPENAI_API_KEY: 'sk-1',
    AUTH_TRUST_HOST: '1',
    AUTH_GITHUB_ID: 'id',
    AUTH_GITHUB_SECRET: 's',
  });
  expect(env).toMatchObject({ production: true, deployed: true, development: false, ownMachine: false });
  expect(env.voice.connect.user).toBe('relay');
});

test('the header with the client’s address is trusted only where it is named, or on Vercel', () => {
  expect(readEnv({}).site.clientIpHeader).toBeNull();
  expect(readEnv({ VERCEL: '1' }).site).toMatchObject({
    clientIpHeader: 'x-real-ip',
    trustHost: true,
    serverless: true,
  });
  expect(readEnv({ CLIENT_IP_HEADER: 'CF-Connecting-IP' }).site.clientIpHeader).toBe('cf-connecting-ip');
});

test('lists forgive spaces and capitals', () => {
  const env = readEnv({
    ADMIN_EMAILS: 'Ann@Example.com, bob@example.com,',
    VOICE_ALLOWED_HOSTS: '*.Example.com',
  });
  expect(env.auth.adminEmails).toEqual(['ann@example.com', 'bob@example.com']);
  expect(env.voice.allowedHosts).toEqual(['*.example.com']);
});

test('.env.example works unedited, and changes nothing', () => {
  expect(readEnv(parseEnv(example) as Record<string, string>)).toEqual(readEnv({}));
});

test('.env.example names every variable, and its examples pass', () => {
  const lines = [...example.matchAll(/^# ([A-Z][A-Z0-9_]+)=(.*)$/gm)];
  const names = lines.map(([, name]) => name);
  const documented = Object.fromEntries(
    lines.map(([, name, value]) => [name, value?.includes('…') ? '' : value]),
  );
  expect(readProblems(documented)).toEqual([]);
  const schema = readFileSync(new URL('./env-schema.ts', import.meta.url), 'utf8');
  const declared = [...schema.matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(([, name]) => name);
  const byThePlatform = [
    'NODE_ENV',
    'VERCEL',
    'VERCEL_ENV',
    'VERCEL_URL',
    'PARLEY_HOSTNAME',
    'VERCEL_PROJECT_PRODUCTION_URL',
    'K_SERVICE',
    'AWS_LAMBDA_FUNCTION_NAME',
    'NEXTAUTH_SECRET',
  ];
  expect(names.toSorted()).toEqual(declared.filter((name) => !byThePlatform.includes(name ?? '')).toSorted());
});

describe('servers for finding a way', () => {
  const TURN = {
    urls: 'turns:turn.example.com:443?transport=tcp',
    username: 'voice',
    credential: 'secret-word',
  };

  test('are read as JSON, one address or several', () => {
    const several = { urls: ['stun:stun.example.com', 'stun:[2001:db8::1]:3478'] };
    const source = { VOICE_ICE_SERVERS: JSON.stringify([TURN, several]), VOICE_ICE_POLICY: 'relay' };
    expect(readEnv(source).voice.ice).toEqual({
      servers: [{ ...TURN, urls: [TURN.urls] }, several],
      policy: 'relay',
    });
    expect(readEnv({}).voice.ice).toBeNull();
  });

  test.each([
    ['no JSON', 'turn:turn.example.com'],
    ['no list', JSON.stringify(TURN)],
    ['an empty list', '[]'],
    ['another scheme', JSON.stringify([{ urls: 'https://turn.example.com' }])],
    ['a turn server without a credential', JSON.stringify([{ urls: TURN.urls, username: 'voice' }])],
    ['an unknown field', JSON.stringify([{ ...TURN, password: 'secret-word' }])],
  ])('are refused with %s, without showing the credential', (_, value) => {
    const [problem, ...others] = readProblems({ VOICE_ICE_SERVERS: value });
    expect(problem).toMatch(/^VOICE_ICE_SERVERS has a value that is not shown here, but must be a JSON list/);
    expect(problem).not.toContain('secret-word');
    expect(others).toEqual([]);
  });

  test('must have a turn server where everything goes through them', () => {
    const VOICE_ICE_SERVERS = JSON.stringify([{ urls: 'stun:stun.example.com' }]);
    const sources: Record<string, string>[] = [{}, { VOICE_ICE_SERVERS }];
    for (const source of sources) {
      expect(readProblems({ ...source, VOICE_ICE_POLICY: 'relay' })).toEqual([
        'VOICE_ICE_POLICY is relay, but VOICE_ICE_SERVERS names no turn server: no call could find a way.',
      ]);
    }
  });
});
