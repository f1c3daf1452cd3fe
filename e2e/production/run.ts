import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startSandbox } from '@parley/realtime-sandbox';
import { startRedis } from '@parley/redis-sandbox';
import { findNeighbouringPorts } from '../browser/free-ports.ts';
import { openGuestCall } from './guest-call.ts';
import { HostedProcess, npmStart } from './hosted-process.ts';
import { type Host, prepareHost } from './prepare-host.ts';
import { step } from './step.ts';

/** Packages that the running site must not need. */
const PRUNED = ['vitest', 'playwright', 'tailwindcss', 'onnxruntime-web', 'werift', '@parley/redis-sandbox'];

/** Starts the site with a provider and a database that run outside of it, as OpenAI and Upstash do. */
async function serveCall(host: Host): Promise<void> {
  const apiKey = `sk-sandbox-${randomBytes(24).toString('hex')}`;
  const [provider, redis] = await Promise.all([startSandbox(apiKey), startRedis()]);
  const port = await findNeighbouringPorts(1);
  const url = `http://localhost:${port}`;
  const server = new HostedProcess(
    npmStart(host.directory, {
      PORT: String(port),
      OPENAI_BASE_URL: provider.baseUrl,
      OPENAI_API_KEY: apiKey,
      UPSTASH_REDIS_REST_URL: redis.url,
      UPSTASH_REDIS_REST_TOKEN: redis.token,
      AUTH_SECRET: randomBytes(32).toString('base64url'),
      AUTH_GUEST: 'true',
      NEXTAUTH_URL: url,
      CRON_SECRET: randomBytes(24).toString('hex'),
    }),
  );
  try {
    await step('npm start responds', () => server.responds(`${url}/api/health`));
    await step('a guest signs in and opens a call', () => openGuestCall(url));
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
  const server = new HostedProcess(npmStart(host.directory, { PARLEY_SANDBOX: '1' }));
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
