import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { startSandbox } from '@parley/realtime-sandbox';
import { connectCall, endGuestCall, type GuestCall, openGuestCall } from './guest-call.ts';
import { type ImageSite, type Provider, startImageSite } from './image-site.ts';
import { type ImageFolder, prepareImage } from './prepare-image.ts';
import { requirePrograms, runProof } from './run-proof.ts';
import { step } from './step.ts';
import { REDIS_PROGRAMS } from './system-redis.ts';

/** All npm packages of the image. A new one here is a decision: none of the sandbox, none for development. */
const PACKAGES = [
  '@next/env',
  '@opentelemetry/api',
  '@pinojs/redact',
  '@swc/helpers',
  'atomic-sleep',
  'client-only',
  'next',
  'on-exit-leak-free',
  'pino',
  'pino-std-serializers',
  'quick-format-unescaped',
  'react',
  'react-dom',
  'real-require',
  'safe-stable-stringify',
  'sonic-boom',
  'styled-jsx',
  'thread-stream',
];
const MOST_MEGABYTES = 45;
/** What Next's server exits with after SIGTERM: 128 + 15. */
const EXIT_CODE = 143;

const residentMegabytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

/** Whether somebody new gets in. */
const isOpen = (url: string): Promise<boolean> =>
  fetch(`${url}/icon.svg`, { headers: { connection: 'close' } }).then(
    () => true,
    () => false,
  );

/** Whether the process says that it leaves. Its handler of signals and its routes are in different bundles. */
async function isDraining(url: string): Promise<boolean> {
  const health = await fetch(`${url}/api/health`);
  return health.status === 503 && (await health.json()).problems.includes('draining');
}

/**
 * SIGTERM comes while the provider is slow: the process says so, nobody new gets in, the caller gets the response, the
 * process ends.
 */
async function shutDown({ url, server, toProvider }: ImageSite, { cookie }: GuestCall): Promise<void> {
  let release = () => {};
  const until = new Promise<void>((resolve) => {
    release = resolve;
  });
  const arrived = new Promise<void>((resolve) => {
    toProvider.fault = { kind: 'held', arrived: resolve, until };
  });
  const slow = connectCall(url, cookie);
  await Promise.race([arrived, slow]);
  server.terminate();
  while (!(await isDraining(url))) await delay(100);
  while (await isOpen(url));
  assert.equal(server.exitCode, null, 'The server ended before it had responded.');
  release();
  const response = await slow;
  assert.equal(response.status, 201, await response.clone().text());
  assert.equal(typeof (await response.json()).answer, 'string');
  await server.ended();
  assert.equal(server.exitCode, EXIT_CODE, server.printed);
}

async function serve(folder: ImageFolder, provider: Provider): Promise<void> {
  const site = await startImageSite(folder, provider, { DRAIN_SECONDS: '1' });
  const { url, server } = site;
  try {
    const from = performance.now();
    await step('the command of the image starts the server', () => server.responds(`${url}/icon.svg`));
    const startMs = Math.round(performance.now() - from);
    await step('its health check passes', () => assert.ok(site.isHealthy(), server.printed));
    const first = await step('a guest signs in and opens a call', () => openGuestCall(url));
    await step('the call ends with a receipt', () => endGuestCall(url, first));
    const before = await site.redis.countCommands();
    const { callId } = await (await connectCall(url, first.cookie)).json();
    await endGuestCall(url, { ...first, callId });
    const commands = (await site.redis.countCommands()) - before;
    console.log(`  ${commands} commands of Redis for a relayed call without tools`);
    assert.equal((await fetch(`${url}/login`)).status, 200);
    const optimiser = await fetch(`${url}/_next/image?url=%2Ficon.svg&w=64&q=75`);
    assert.equal(optimiser.status, 404, 'There is an image optimiser.');
    console.log(
      `  ${startMs} ms to the first response, ${residentMegabytes(server.pid).toFixed(0)} MB of memory`,
    );
    await step('SIGTERM lets a slow request finish', () => shutDown(site, first));
    assert.ok(!site.isHealthy(), 'The health check passes without a server.');
    assert.doesNotMatch(server.printed, /EACCES|EROFS|Cannot find|unhandledRejection/);
  } catch (error) {
    console.error(server.printed);
    throw error;
  } finally {
    await site.stop();
  }
}

/** The image's server without an engine for images: `npm run test:image`. Exits with 1 when a step fails. */
async function proveImage(): Promise<void> {
  const folder = await step('the folder of the image, alone and read-only', prepareImage);
  const apiKey = `sk-sandbox-${randomBytes(24).toString('hex')}`;
  const provider = await startSandbox(apiKey);
  try {
    const { megabytes, packages } = folder;
    console.log(`  ${megabytes.toFixed(1)} MB, ${packages.length} packages`);
    assert.deepEqual(packages, PACKAGES);
    assert.ok(megabytes < MOST_MEGABYTES, `The folder has ${megabytes} MB, more than ${MOST_MEGABYTES}.`);
    await serve(folder, { baseUrl: provider.baseUrl, apiKey });
  } finally {
    await provider.stop();
    folder.remove();
  }
}

if (requirePrograms([REDIS_PROGRAMS])) await runProof(proveImage);
