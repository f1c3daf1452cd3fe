import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { startRedis } from '@parley/redis-sandbox';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { NEW_SECRET, startReceiver } from '@/lib/server/testing/webhook-receiver';
import { Finding } from '@/lib/shared/owner/doctor';

/** Each start compiles the server's modules. */
vi.setConfig({ testTimeout: 60_000 });

const PROGRAM = fileURLToPath(new URL('../../../scripts/doctor.mjs', import.meta.url));
const KEY = 'sk-proj-1234567890';

/** A voice service that accepts the key, and a site that expects `ownOrigin`. */
let ownOrigin = '';
let isParley = true;
const server = createServer((request, response) => {
  request.resume();
  const bodies: Record<string, object> = {
    '/api/auth/providers': isParley ? { guest: { signinUrl: `${ownOrigin}/api/auth/signin/guest` } } : {},
    '/v1/realtime/client_secrets': { value: 'ek_x', expires_at: 1_900_000_000, session: {} },
  };
  const body = bodies[request.url ?? ''] ?? { id: 'm', object: 'model' };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
});
let origin: string;
beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  ownOrigin = origin;
});
afterAll(() => server.close());

/** A deployed site on which nothing is wrong. A variable that is set to nothing hides that of an `.env` file. */
const complete = () => ({
  PATH: process.env.PATH,
  NODE_ENV: 'production',
  UPSTASH_REDIS_REST_URL: process.env.UPSTASH_REDIS_REST_URL,
  UPSTASH_REDIS_REST_TOKEN: process.env.UPSTASH_REDIS_REST_TOKEN,
  OPENAI_API_KEY: KEY,
  OPENAI_BASE_URL: `http://127.0.0.1:${new URL(origin).port}/v1`,
  AUTH_SECRET: 's'.repeat(32),
  AUTH_GITHUB_ID: 'i',
  AUTH_GITHUB_SECRET: 's',
  ADMIN_EMAILS: 'ann@example.com',
  NEXTAUTH_URL: origin,
});

/** Runs `npm run doctor` as a child process. */
async function runDoctor(words: readonly string[], change: Record<string, string> = {}) {
  const env: NodeJS.ProcessEnv = { ...complete(), ...change } as NodeJS.ProcessEnv;
  const child = spawn(process.execPath, [PROGRAM, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = once(child, 'exit');
  const [printed, complained] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await exited;
  return { code, printed, complained };
}

test('exits with 0 when nothing is wrong, and shows no secret', async () => {
  const { code, printed, complained } = await runDoctor(['--url', origin]);
  expect({ code, complained }).toEqual({ code: 0, complained: '' });
  expect(printed).toContain('ok       address: The site knows its address.');
  expect(printed).not.toContain('PROBLEM');
  for (const secret of [KEY, process.env.UPSTASH_REDIS_REST_TOKEN ?? KEY, 's'.repeat(32)]) {
    expect(printed).not.toContain(secret);
  }
});

test('exits with 1 for settings that keep the server from starting', async () => {
  const { code, printed } = await runDoctor([], { VOICE_CALL_SECONDS: 'long' });
  expect(code).toBe(1);
  expect(printed).toMatch(/^PROBLEM {2}settings \(settings_invalid\)/m);
  expect(printed).toContain('VOICE_CALL_SECONDS');
});

test('--json prints the findings and nothing else, and exits with 1 when something is wrong', async () => {
  const { code, printed } = await runDoctor(['--json'], { OPENAI_API_KEY: '' });
  expect(code).toBe(1);
  const findings = z.array(Finding).parse(JSON.parse(printed));
  expect(findings.find(({ check }) => check === 'provider')).toMatchObject({
    result: 'problem',
    code: 'key_missing',
  });
  expect(findings.find(({ check }) => check === 'database')).toMatchObject({ result: 'ok', code: null });
});

test('--url asks the running site which address it expects', async () => {
  ownOrigin = 'http://localhost:3000';
  const wrong = await runDoctor(['--url', `${origin}/calls`]);
  ownOrigin = origin;
  expect(wrong.code).toBe(1);
  expect(wrong.printed).toContain('PROBLEM  address (address_wrong)');
  expect(wrong.printed).toContain(`visited at ${origin}`);
  expect(wrong.printed).toContain('expects http://localhost:3000');
  expect(wrong.printed).toMatch(/^ {9}What to do: Set NEXTAUTH_URL/m);
});

test('--url says why there is no Parley: nobody answers, or somebody else does', async () => {
  const closed = createServer();
  await once(closed.listen(0, '127.0.0.1'), 'listening');
  const { port } = closed.address() as AddressInfo;
  closed.close();
  const nobody = await runDoctor(['--url', `http://127.0.0.1:${port}`]);
  expect(nobody.printed).toMatch(/address_unreachable.*\n +ECONNREFUSED/);
  isParley = false;
  const other = await runDoctor(['--url', origin]);
  isParley = true;
  expect(other.printed).toMatch(/address_unreachable.*\n +something else answered, with status 200/);
});

test('what it finds and the owner is told of once a day is sent before it ends', async () => {
  const [engine, receiver] = await Promise.all([startRedis(), startReceiver()]);
  const { code } = await runDoctor([], {
    UPSTASH_REDIS_REST_URL: engine.url,
    UPSTASH_REDIS_REST_TOKEN: engine.token,
    PARLEY_KEEPS_RUNNING: '0',
    CRON_SECRET: 's'.repeat(24),
    CRON_INTERVAL_SECONDS: '60',
    VOICE_WEBHOOK_URL: receiver.url,
    VOICE_WEBHOOK_SECRET: NEW_SECRET,
  });
  receiver.close();
  await engine.close();
  expect(code).toBe(1);
  expect(receiver.ofType('sweep.late')).toHaveLength(1);
});

test('words that it does not know get the usage, and exit with 2', async () => {
  const { code, printed, complained } = await runDoctor(['--colour']);
  expect({ code, printed }).toEqual({ code: 2, printed: '' });
  expect(complained).toMatch(/^Usage: npm run doctor/);
});
