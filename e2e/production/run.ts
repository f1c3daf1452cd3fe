import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startSandbox } from '@parley/realtime-sandbox';
import { startRedis } from '@parley/redis-sandbox';
import { signInAsGuest } from '../../sandbox/runner/services/guest-session.ts';
import { findNeighbouringPorts } from '../browser/free-ports.ts';
import { NpmStart } from './npm-start.ts';
import { type Host, prepareHost } from './prepare-host.ts';

/** Packages that the running site must not need. */
const PRUNED = ['vitest', 'playwright', 'tailwindcss', 'onnxruntime-web', 'werift', '@parley/redis-sandbox'];

const step = async (title: string, take: () => unknown): Promise<void> => {
  const from = performance.now();
  await take();
  console.log(`✓ ${title} (${((performance.now() - from) / 1000).toFixed(1)} s)`);
};

/** A guest signs in and opens a call, over HTTP as a browser does. */
async function openCall(url: string): Promise<void> {
  const health = await fetch(`${url}/api/health`);
  assert.equal(health.status, 200, await health.text());
  const cookie = await signInAsGuest(url, AbortSignal.timeout(20_000));
  const opened = await fetch(`${url}/api/voice/session`, {
    method: 'POST',
    headers: { cookie, origin: url, 'content-type': 'application/json' },
    body: '{}',
  });
  assert.equal(opened.status, 201, await opened.clone().text());
  const { callId, secret, callUrl } = await opened.json();
  assert.equal(typeof callId, 'string');
  assert.ok(String(secret.value).length > 20, 'The call has no ticket.');
  assert.ok(new URL(callUrl, url).href.startsWith(`${url}/api/voice/calls/`), 'A guest is not relayed.');
}

/** Starts the site with a provider and a database that run outside of it, as OpenAI and Upstash do. */
async function serveCall(host: Host): Promise<void> {
  const apiKey = `sk-sandbox-${randomBytes(24).toString('hex')}`;
  const [provider, redis] = await Promise.all([startSandbox(apiKey), startRedis()]);
  const port = await findNeighbouringPorts(1);
  const url = `http://localhost:${port}`;
  const server = new NpmStart(host.directory, {
    PORT: String(port),
    OPENAI_BASE_URL: provider.baseUrl,
    OPENAI_API_KEY: apiKey,
    UPSTASH_REDIS_REST_URL: redis.url,
    UPSTASH_REDIS_REST_TOKEN: redis.token,
    AUTH_SECRET: randomBytes(32).toString('base64url'),
    AUTH_GUEST: 'true',
    NEXTAUTH_URL: url,
    CRON_SECRET: randomBytes(24).toString('hex'),
  });
  try {
    await step('npm start responds', () => server.responds(`${url}/api/health`));
    await step('a guest signs in and opens a call', () => openCall(url));
    await step('SIGTERM ends it', () => server.stop());
  } catch (error) {
    console.error(server.printed);
    throw error;
  } finally {
    await server.stop();
    await Promise.all([provider.stop(), redis.close()]);
  }
}

async function refuseSandbox(host: Host): Promise<void> {
  const server = new NpmStart(host.directory, { PARLEY_SANDBOX: '1' });
  await server.ended();
  assert.equal(server.exitCode, 1, server.printed);
  assert.match(server.printed, /PARLEY_SANDBOX=1 needs the offline sandbox, which is not installed/);
}

/**
 * The production server as hosts start it: `npm run test:production`, after a build. With `--from-scratch` npm
 * installs and builds in the host's folder too. Exits with 1 when a step fails.
 */
let host: Host | undefined;
try {
  await step('sources, install and build, without development dependencies and sandbox', () => {
    host = prepareHost({ fromScratch: process.argv.includes('--from-scratch') });
  });
  assert.ok(host);
  for (const name of PRUNED) {
    assert.ok(!existsSync(join(host.directory, 'node_modules', name)), `${name} is still there.`);
  }
  await serveCall(host);
  const { directory, remove } = host;
  await step('PARLEY_SANDBOX=1 says what is missing', () => refuseSandbox({ directory, remove }));
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  host?.remove();
}
