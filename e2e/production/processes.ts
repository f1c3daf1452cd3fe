import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startSandbox } from '@parley/realtime-sandbox';
import { createClient } from '@redis/client';
import { GOOD_OFFER } from '../attack/fuzz/offers.ts';
import { FaultyProxy } from '../attack/server/faulty-proxy.ts';
import { inBatches } from '../attack/server/in-batches.ts';
import { newGuest, newPerson, type Person } from '../attack/server/people.ts';
import { findNeighbouringPorts } from '../browser/free-ports.ts';
import { HostedProcess } from './hosted-process.ts';
import { requirePrograms, runProof } from './run-proof.ts';
import { step } from './step.ts';
import { REDIS_PROGRAMS, startSystemRedis } from './system-redis.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PROCESSES = 3;
const GUESTS = 1000;
/** Requests in flight. */
const AT_ONCE = 24;
/** How long the servers are away, in the third step. */
const AWAY_SECONDS = 55 * 60;
const MICRO_USD_PER_SECOND = 1000;
/** A ticket that nobody uses lives for a minute, and a process looks for such tickets every 15 s while they come. */
const ROOM_WITHIN_MS = 80_000;
const SETTLED_WITHIN_MS = 90_000;

const apiKey = `sk-sandbox-${randomBytes(24).toString('hex')}`;
process.env.AUTH_SECRET ??= randomBytes(32).toString('base64url');

/** Asks until the answer is yes. Returns the milliseconds that took. */
async function waitUntil(isTrue: () => Promise<boolean>, withinMs: number): Promise<number> {
  const beganMs = performance.now();
  while (!(await isTrue())) {
    assert.ok(performance.now() - beganMs < withinMs, `Not within ${withinMs / 1000} s.`);
    await wait(500);
  }
  return performance.now() - beganMs;
}

/** The same production build several times, before one Redis, as a site on the internet that lets anyone in. */
async function startFleet(redisUrl: string, provider: FaultyProxy) {
  const port = await findNeighbouringPorts(PROCESSES);
  const origin = `http://localhost:${port}`;
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    OPENAI_API_KEY: apiKey,
    OPENAI_BASE_URL: await provider.listen(),
    REDIS_URL: redisUrl,
    AUTH_SECRET: process.env.AUTH_SECRET,
    AUTH_GUEST: 'true',
    AUTH_GITHUB_ID: 'id',
    AUTH_GITHUB_SECRET: 'secret',
    CLIENT_IP_HEADER: 'x-real-ip',
    NEXTAUTH_URL: origin,
  };
  const start = async (index: number) => {
    const own = ['--port', String(port + index), '--hostname', '127.0.0.1'];
    const command = [process.execPath, 'node_modules/next/dist/bin/next', 'start', ...own] as const;
    const server = new HostedProcess({ command: [...command], directory: ROOT, env });
    await server.responds(`http://127.0.0.1:${port + index}/icon.svg`);
    return server;
  };
  let servers = await Promise.all(Array.from({ length: PROCESSES }, (_, index) => start(index)));
  return {
    origin,
    /** Opens a call at one of the processes, from a network of the visitor's own. */
    open(index: number, { cookie }: Person, network: string, body: object = {}): Promise<Response> {
      return fetch(`http://127.0.0.1:${port + (index % PROCESSES)}/api/voice/session`, {
        method: 'POST',
        headers: { cookie, origin, 'content-type': 'application/json', 'x-real-ip': network },
        body: JSON.stringify(body),
      });
    },
    /** As a power cut does: nothing is finished. */
    async crash() {
      for (const { pid } of servers) process.kill(-pid, 'SIGKILL');
      await Promise.all(servers.map((server) => server.ended()));
      servers = [];
    },
    async restart() {
      servers = [await start(0)];
    },
    stop: () => Promise.all(servers.map((server) => server.stop())),
  };
}
type Fleet = Awaited<ReturnType<typeof startFleet>>;

const addressOf = (index: number) => `203.0.${Math.floor(index / 250)}.${(index % 250) + 1}`;

/** Whoever is unknown to the owner gets a ticket of ours, at every process. */
async function refuseSecrets(fleet: Fleet, provider: FaultyProxy): Promise<void> {
  for (let index = 0; index < PROCESSES; index += 1) {
    for (const stranger of [await newGuest(), await newPerson({ verifiedEmail: 'eve@evil.example' })]) {
      const response = await fleet.open(index, stranger, `198.51.100.${index + 1}`);
      assert.equal(response.status, 201, await response.clone().text());
      const { callId, callUrl } = await response.json();
      assert.equal(callUrl, `${fleet.origin}/api/voice/calls/${callId}/sdp`);
    }
  }
  assert.deepEqual(provider.passed, [], 'The provider was asked for something.');
}

/** Guests who never dial hold the guests' share for the life of a ticket, and nobody else's. */
async function outlastGuests(fleet: Fleet): Promise<void> {
  const guests = await Promise.all(Array.from({ length: GUESTS }, newGuest));
  const statuses: Record<number, number> = {};
  const indexed = guests.map((guest, index) => ({ guest, index }));
  await inBatches(indexed, AT_ONCE, async ({ guest, index }) => {
    const { status } = await fleet.open(index, guest, addressOf(index));
    statuses[status] = (statuses[status] ?? 0) + 1;
  });
  console.log(`  ${GUESTS} guests of ${GUESTS} networks: ${JSON.stringify(statuses)}`);
  assert.ok((statuses[201] ?? 0) > 0 && (statuses[503] ?? 0) > GUESTS / 2, 'The guests met no bound.');
  for (let index = 0; index < PROCESSES; index += 1) {
    const member = await fleet.open(index, await newPerson(), '192.0.2.1');
    assert.equal(member.status, 201, await member.clone().text());
  }
  const late = await newGuest();
  const isAdmitted = async () => (await fleet.open(0, late, '192.0.2.200')).status === 201;
  const tookMs = await waitUntil(isAdmitted, ROOM_WITHIN_MS);
  console.log(`  a member at once at every process, the next guest after ${Math.round(tookMs / 1000)} s`);
}

/** A call whose servers were away is hung up and charged for what passed when one is back. */
async function chargeWhatPassed(fleet: Fleet, provider: FaultyProxy, redisUrl: string): Promise<void> {
  const person = await newPerson();
  const opened = await fleet.open(1, person, '192.0.2.77', { offer: GOOD_OFFER });
  assert.equal(opened.status, 201, await opened.clone().text());
  const { callId, answer } = await opened.json();
  assert.match(answer, /^v=0/);
  await fleet.crash();

  const redis = await createClient({ url: redisUrl }).connect();
  const key = `voice:call:${callId}`;
  const call = await redis.hGetAll(key);
  for (const field of ['startedAtMs', 'connectedAtMs', 'deadlineMs', 'secretUntilMs']) {
    await redis.hSet(key, field, String(Number(call[field]) - AWAY_SECONDS * 1000));
  }
  await redis.zIncrBy('voice:deadlines', -AWAY_SECONDS * 1000, call.queued ?? callId);
  await fleet.restart();
  await waitUntil(async () => (await redis.hGet(key, 'state')) === 'ended', SETTLED_WITHIN_MS);

  const { chargedSeconds, reason, reservedSeconds, rtcCallId, day } = await redis.hGetAll(key);
  const spent = await redis.hmGet(`voice:books:${day}`, [`${person.id}:spent`, `${person.id}:held`]);
  redis.destroy();
  console.log(`  reserved ${reservedSeconds} s, away ${AWAY_SECONDS} s, charged ${chargedSeconds} s`);
  assert.equal(reason, 'time_limit');
  assert.ok(Number(chargedSeconds) >= AWAY_SECONDS && Number(chargedSeconds) < 3700);
  assert.deepEqual(spent.map(Number), [Number(chargedSeconds), 0]);
  assert.equal(Number(call.microUsdPerSecond), MICRO_USD_PER_SECOND);
  assert.ok(provider.passed.some(({ path }) => path.endsWith(`/realtime/calls/${rtcCallId}/hangup`)));
}

/** Several processes and one real Redis, after a build: `npm run test:processes`. Exits with 1 when a step fails. */
async function proveProcesses(): Promise<void> {
  const [sandbox, redis] = await Promise.all([startSandbox(apiKey), startSystemRedis()]);
  const provider = new FaultyProxy(sandbox.baseUrl);
  const fleet = await step('three production processes share one Redis', () =>
    startFleet(redis.url, provider),
  );
  try {
    await step('no stranger gets a secret of the provider', () => refuseSecrets(fleet, provider));
    await step('guests who never dial shut out no member', () => outlastGuests(fleet));
    await step('a call whose servers were away for an hour is charged for what passed', () =>
      chargeWhatPassed(fleet, provider, redis.url),
    );
  } finally {
    await fleet.stop();
    await provider.close();
    await Promise.all([sandbox.stop(), redis.stop()]);
  }
}

if (requirePrograms([REDIS_PROGRAMS])) await runProof(proveProcesses);
