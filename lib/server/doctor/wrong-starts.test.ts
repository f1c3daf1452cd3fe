import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRedis } from '@parley/redis-sandbox';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Visit } from '@/lib/server/doctor/check-address';
import type { Finding } from '@/lib/shared/owner/doctor';

const AT = 'https://voice.example.com';
const closers: (() => unknown)[] = [];
afterAll(() => Promise.all(closers.map((close) => close())));

interface Provider {
  mint?: [status: number, body: object];
  models?: [status: number, body: object];
  /** By how much its clock is ahead of ours. */
  clockMs?: number;
}

/** Starts a voice service that says what it is told to. */
async function startProvider({ mint, models, clockMs = 0 }: Provider = {}): Promise<string> {
  const secret = { value: 'ek_x', expires_at: 1_900_000_000, session: {} };
  const server = createServer((request, response) => {
    request.resume();
    const isMint = request.url?.endsWith('/client_secrets');
    const [status, body] = isMint ? (mint ?? [200, secret]) : (models ?? [200, { id: 'm', object: 'model' }]);
    const date = new Date(Date.now() + clockMs).toUTCString();
    response.writeHead(status, { 'content-type': 'application/json', date }).end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

let store: Record<string, string>;
let provider: string;
beforeAll(async () => {
  const engine = await startRedis();
  closers.push(engine.close);
  store = { UPSTASH_REDIS_REST_URL: engine.url, UPSTASH_REDIS_REST_TOKEN: engine.token };
  provider = await startProvider();
});

afterEach(() => vi.unstubAllEnvs());

/** A deployed site on which nothing is wrong. */
const complete = () => ({
  ...store,
  NODE_ENV: 'production',
  LOG_LEVEL: 'silent',
  OPENAI_API_KEY: 'sk-proj-1',
  OPENAI_BASE_URL: provider,
  AUTH_SECRET: 's'.repeat(32),
  AUTH_GITHUB_ID: 'i',
  AUTH_GITHUB_SECRET: 's',
  ADMIN_EMAILS: 'ann@example.com',
  NEXTAUTH_URL: AT,
});

const visitedAs = (ownOrigin: string, visitedOrigin = AT): Visit => ({ visitedOrigin, ownOrigin });

/** Settings are read once per process, so each case loads the modules again. */
async function examineWith(change: Record<string, string>, visit: Visit = visitedAs(AT)): Promise<Finding[]> {
  vi.resetModules();
  for (const [name, value] of Object.entries({ ...complete(), ...change })) vi.stubEnv(name, value);
  const { examine } = await import('@/lib/server/doctor/examine');
  return examine({ visit, headers: new Headers() });
}

const inShort = (findings: readonly Finding[]) =>
  findings
    .filter(({ result }) => result !== 'ok')
    .map(({ result, says, cure, details }) => `${result}: ${says} ${details.join(', ')} ${cure}`);

test('finds nothing wrong with a site that is whole, and names what its providers have to know', async () => {
  const findings = await examineWith({});
  expect(inShort(findings)).toEqual([]);
  expect(findings.flatMap(({ details }) => details)).toContain(
    `callback address of github: ${AT}/api/auth/callback/github`,
  );
});

describe('a wrong start is named with its cause and its cure', () => {
  test.each<[string, Record<string, string>, RegExp]>([
    ['no key', { OPENAI_API_KEY: '' }, /no key for the voice service.*Set OPENAI_API_KEY/],
    ['a key with quotes', { OPENAI_API_KEY: '“sk-1"' }, /quotes, spaces.*Copy the key again/],
    [
      'a proxy without an address',
      { NEXTAUTH_URL: '' },
      /does not know its own address.*proxy.*Set NEXTAUTH_URL/,
    ],
    ['no sign-in', { AUTH_GITHUB_ID: '', AUTH_GITHUB_SECRET: '' }, /no way to sign in.*AUTH_GUEST=true/],
    ['no secret', { AUTH_SECRET: '' }, /no secret for the sign-in cookies.*openssl rand/],
    [
      'what “vercel env pull” wrote',
      { NODE_ENV: 'development', VERCEL: '1' },
      /VERCEL is set.*VERCEL_ENV=development/,
    ],
    ['a masked value', { OPENAI_API_KEY: '[SENSITIVE]' }, /placeholder.*OPENAI_API_KEY.*real values/],
    [
      'nothing that ends calls',
      { K_SERVICE: 'voice' },
      /Nothing on this host ends calls.*QStash.*PARLEY_KEEPS_RUNNING/,
    ],
    [
      'a budget smaller than one call',
      { VOICE_SITE_BUDGET_USD_PER_DAY: '0.05' },
      /daily budget does not cover a single call.*a call: 300 seconds.*VOICE_SITE_BUDGET_USD_PER_DAY/,
    ],
    [
      'guests who cannot be told apart',
      { AUTH_GUEST: '1' },
      /all guests share one guest’s minutes.*Set CLIENT_IP_HEADER/,
    ],
    [
      'a header that the proxy does not send',
      { AUTH_GUEST: '1', CLIENT_IP_HEADER: 'x-real-ip' },
      /came without the header.*x-real-ip/,
    ],
    ['no database', { UPSTASH_REDIS_REST_URL: '', UPSTASH_REDIS_REST_TOKEN: '' }, /no database.*REDIS_URL/],
    ['a database that is away', { UPSTASH_REDIS_REST_URL: 'http://127.0.0.1:1' }, /does not respond/],
  ])('%s', async (_, change, words) => {
    expect(inShort(await examineWith(change)).join('\n')).toMatch(words);
  });

  test('a database that is away is all that is said of it, where a scheduler ends calls too', async () => {
    const cron = { K_SERVICE: 'voice', CRON_SECRET: 's'.repeat(24), CRON_INTERVAL_SECONDS: '60' };
    const away = { ...cron, UPSTASH_REDIS_REST_URL: 'http://127.0.0.1:1' };
    const codes = (await examineWith(away)).flatMap(({ code }) => code ?? []);
    expect(new Set(codes)).toEqual(new Set(['store_unreachable']));
  });

  test.each<[string, Provider, RegExp]>([
    [
      'a wrong key',
      { mint: [401, { error: { code: 'invalid_api_key', message: 'no sk-proj-1' } }] },
      /doesn’t accept the API key.*Give this site an API key/,
    ],
    [
      'an account without credit',
      { mint: [429, { error: { code: 'insufficient_quota' } }] },
      /no credit left.*Add credit/,
    ],
    [
      'a model that the key may not use, which the mint does not mind',
      { models: [404, { error: { code: 'model_not_found' } }] },
      /may not use it.*OPENAI_REALTIME_MODEL/,
    ],
    ['a wrong clock', { clockMs: -600_000 }, /clock of this server is wrong.*60\d seconds ahead.*NTP/],
  ])('%s', async (_, behaviour, words) => {
    const found = inShort(await examineWith({ OPENAI_BASE_URL: await startProvider(behaviour) }));
    expect(found.join('\n')).toMatch(words);
    expect(found.join('\n')).not.toContain('sk-proj-1');
  });

  test.each<[string, Visit, RegExp]>([
    [
      'a site that expects another',
      visitedAs('http://voice.example.com'),
      /visited at https:\/\/voice.*expects http:\/\/voice.*Set NEXTAUTH_URL/,
    ],
    [
      'development over the local network',
      visitedAs('http://192.168.1.20:3000', 'http://192.168.1.20:3000'),
      /microphone only to pages on https.*npm run dev -- --phone/,
    ],
  ])('%s', async (_, visit, words) => {
    expect(inShort(await examineWith({}, visit)).join('\n')).toMatch(words);
  });

  test('a service without a list of models is no problem', async () => {
    const gateway = await startProvider({ models: [404, { error: { message: 'Not Found' } }] });
    expect(inShort(await examineWith({ OPENAI_BASE_URL: gateway }))).toEqual([]);
  });
});

/** Debian's package. */
const REDIS = ['/usr/bin/redis-server', '/usr/local/bin/redis-server'].find((path) => {
  try {
    return execFileSync(path, ['--version']).length > 0;
  } catch {
    return false;
  }
});

describe.skipIf(REDIS === undefined)('a real Redis', () => {
  async function startSystemRedis(port: number, ...options: string[]): Promise<string> {
    const folder = mkdtempSync(join(tmpdir(), 'parley-redis-'));
    const child = spawn(REDIS ?? '', ['--port', String(port), '--save', '', '--dir', folder, ...options]);
    closers.push(async () => {
      if (child.exitCode === null && child.kill()) await once(child, 'exit');
      rmSync(folder, { recursive: true });
    });
    let printed = '';
    for await (const chunk of child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
      printed += chunk;
      if (printed.includes('Ready to accept connections')) break;
    }
    if (!printed.includes('Ready to accept connections')) throw new Error(`Redis did not start:\n${printed}`);
    child.stdout.resume();
    return `redis://127.0.0.1:${port}`;
  }
  async function freePort(): Promise<number> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    return port;
  }

  test.each<[string, string[], RegExp]>([
    [
      'that may only be read',
      ['--user', 'default', 'on', 'nopass', '~*', '+@connection', '+@read', '+info'],
      /may only read.*not a read replica/,
    ],
    ['that is a cluster', ['--cluster-enabled', 'yes'], /Redis Cluster.*single Redis/],
  ])('%s', async (_, options, words) => {
    // The port of a cluster's nodes is otherwise 10,000 above, where there may be none.
    const ofNodes = options.includes('--cluster-enabled') ? ['--cluster-port', String(await freePort())] : [];
    const url = await startSystemRedis(await freePort(), ...options, ...ofNodes);
    const none = { UPSTASH_REDIS_REST_URL: '', UPSTASH_REDIS_REST_TOKEN: '' };
    expect(inShort(await examineWith({ ...none, REDIS_URL: url })).join('\n')).toMatch(words);
  });
});
