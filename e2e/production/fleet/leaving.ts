import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { createClient } from '@redis/client';
import { NEW_SECRET, startReceiver } from '../../../lib/server/testing/webhook-receiver.ts';
import { signInAsGuest } from '../../../sandbox/runner/services/guest-session.ts';
import type { Fault } from '../../attack/server/faulty-proxy.ts';
import { connectCall, endGuestCall, postAs } from '../guest-call.ts';
import { type ImageSite, type Provider, startImageSite } from '../image-site.ts';
import type { ImageFolder } from '../prepare-image.ts';
import { EXIT_CODE } from './site.ts';

const DRAIN_SECONDS = 1;
const FINISH_SECONDS = 2;
/** Longer than the end takes when nothing is left to do. */
const STAYS_MS = 500;

/** Something that waits until it is let go. */
function createGate() {
  let open = () => {};
  const until = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { until, open: () => open() };
}

/** The fault of a provider that says when it is asked, and answers later. */
function holdProvider({ toProvider }: ImageSite, until: Promise<void>): Promise<void> {
  return new Promise((arrived) => {
    toProvider.fault = { kind: 'held', arrived, until } satisfies Fault;
  });
}

async function openCall({ url }: ImageSite) {
  const cookie = await signInAsGuest(url, AbortSignal.timeout(20_000));
  const opened = await connectCall(url, cookie);
  assert.equal(opened.status, 201, await opened.clone().text());
  const { callId, tools } = await opened.json();
  return { cookie, callId: String(callId), tool: String(tools[0].name) };
}
type OpenCall = Awaited<ReturnType<typeof openCall>>;

/**
 * Posts a run of a tool whose first request is still at work, so that this one waits for its reply: the slowest request that
 * any tool can cause. Returns the response to come, and what finishes the first.
 */
async function runSlowTool({ url, redis }: ImageSite, { cookie, callId, tool }: OpenCall) {
  const toolCallId = `call_${randomUUID()}`;
  const store = async (reply: object | null) => {
    const client = await createClient({ url: redis.url }).connect();
    await client.hSet(`voice:call:${callId}`, `run:${toolCallId}`, JSON.stringify({ tool, reply }));
    client.destroy();
  };
  await store(null);
  const path = `${url}/api/voice/calls/${callId}/tools/${tool}`;
  const response = postAs(cookie, path, { toolCallId, arguments: {} });
  return {
    response,
    finish: () => store({ ok: true, summary: 'Done.', data: null }),
  };
}

const connects = (url: string): Promise<boolean> =>
  fetch(`${url}/icon.svg`, { headers: { connection: 'close' } }).then(
    () => true,
    () => false,
  );

/** After SIGTERM the process serves on for a while, and only its health check says that it leaves. Then nobody gets in. */
async function drain({ url, server }: ImageSite): Promise<void> {
  const sentAtMs = performance.now();
  server.terminate();
  const isDraining = async () => {
    const health = await fetch(`${url}/api/health`);
    return health.status === 503 && (await health.json()).problems.includes('draining');
  };
  while (!(await isDraining())) await wait(20);
  assert.equal((await fetch(`${url}/login`)).status, 200);
  while (await connects(url)) await wait(20);
  const seconds = (performance.now() - sentAtMs) / 1000;
  console.log(`  served everybody for ${seconds.toFixed(1)} s after SIGTERM`);
  assert.ok(seconds > DRAIN_SECONDS - 0.1, 'Connections were refused too early.');
}

async function staysFor(ms: number, { server }: ImageSite, why: string): Promise<void> {
  await wait(ms);
  assert.equal(server.exitCode, null, `The process has ended before ${why}.`);
}

async function isQueueEmpty({ redis }: ImageSite): Promise<boolean> {
  const client = await createClient({ url: redis.url }).connect();
  const waiting = await client.zCard('voice:webhooks');
  client.destroy();
  return waiting === 0;
}

/**
 * SIGTERM comes while a tool runs, while an offer is relayed, and while a webhook is delivered after a response: the
 * process serves on for its draining time, refuses connections, finishes all three, and only then ends.
 */
export async function finishEverything(folder: ImageFolder, provider: Provider): Promise<void> {
  const receiver = await startReceiver();
  const site = await startImageSite(folder, provider, {
    DRAIN_SECONDS: String(DRAIN_SECONDS),
    VOICE_WEBHOOK_URL: receiver.url,
    VOICE_WEBHOOK_SECRET: NEW_SECRET,
    VOICE_WEBHOOK_EVENTS: 'call.ended',
  });
  const { url, server } = site;
  const [relay, webhook] = [createGate(), createGate()];
  try {
    await server.responds(`${url}/icon.svg`);
    const [running, ending] = [await openCall(site), await openCall(site)];
    const newcomer = await signInAsGuest(url, AbortSignal.timeout(20_000));
    receiver.next.before = () => webhook.until;
    await endGuestCall(url, ending);
    const offered = holdProvider(site, relay.until);
    const relayed = connectCall(url, newcomer);
    await offered;
    const tool = await runSlowTool(site, running);

    await drain(site);
    await staysFor(0, site, 'the tool has run');
    await tool.finish();
    const reply = await tool.response;
    assert.equal((await reply.json()).summary, 'Done.');
    await staysFor(STAYS_MS, site, 'the offer was answered');
    relay.open();
    const opened = await relayed;
    assert.equal(opened.status, 201, await opened.clone().text());
    assert.match((await opened.json()).answer, /^v=0/);
    await staysFor(STAYS_MS, site, 'the webhook was delivered');
    webhook.open();
    await server.ended();
    assert.equal(server.exitCode, EXIT_CODE, server.printed);
    assert.equal(receiver.ofType('call.ended').length, 1);
    assert.ok(await isQueueEmpty(site), 'The webhook counts as not delivered.');
  } catch (error) {
    console.error(server.printed);
    throw error;
  } finally {
    relay.open();
    webhook.open();
    await site.stop();
    receiver.close();
  }
}

/** What never finishes is cut off after the time that is set, and logged. */
export async function cutOff(folder: ImageFolder, provider: Provider): Promise<void> {
  const site = await startImageSite(folder, provider, { SHUTDOWN_SECONDS: String(FINISH_SECONDS) });
  const { url, server } = site;
  const never = createGate();
  try {
    await server.responds(`${url}/icon.svg`);
    const cookie = await signInAsGuest(url, AbortSignal.timeout(20_000));
    const offered = holdProvider(site, never.until);
    const relayed = connectCall(url, cookie).then(
      () => 'answered',
      () => 'cut off',
    );
    await offered;
    const sentAtMs = performance.now();
    server.terminate();
    await server.ended();
    const seconds = (performance.now() - sentAtMs) / 1000;
    console.log(`  ended ${seconds.toFixed(1)} s after SIGTERM`);
    assert.equal(server.exitCode, EXIT_CODE);
    assert.equal(await relayed, 'cut off');
    assert.ok(seconds > FINISH_SECONDS - 0.1, 'The process did not wait for its request.');
    assert.match(server.printed, /requests were cut off/);
  } finally {
    never.open();
    await site.stop();
  }
}
