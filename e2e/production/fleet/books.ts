import assert from 'node:assert/strict';
import { createClient } from '@redis/client';
import type { SystemRedis } from '../system-redis.ts';

/** A hang-up takes a moment, and a begun second counts. */
const MOST_SECONDS_MORE = 4;

export interface EndedCall {
  callId: string;
  reason: string;
  owner: string;
  day: string;
  rtcCallId: string;
  chargedSeconds: number;
  chargedMicroUsd: number;
  startedAtMs: number;
  endedAtMs: number;
  deadlineMs: number;
}

/** A call as the provider saw it. */
interface SeenCall {
  id: string;
  startedAt: string;
  endedAt: string | null;
  closeReason: string | null;
}

/** Reads something, with a connection of its own. */
async function read<Result>(
  { url }: SystemRedis,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = await connect(url);
  return work(client).finally(() => client.destroy());
}
const connect = (url: string) => createClient({ url }).connect();
type Client = Awaited<ReturnType<typeof connect>>;

/** Returns the record of a call, or `null` while it goes on. */
export async function readEnded(redis: SystemRedis, callId: string): Promise<EndedCall | null> {
  const fields = await read(redis, (client) => client.hGetAll(`voice:call:${callId}`));
  if (fields.state !== 'ended') return null;
  return {
    callId,
    reason: fields.reason ?? '',
    owner: fields.owner ?? '',
    day: fields.day ?? '',
    rtcCallId: fields.rtcCallId ?? '',
    chargedSeconds: Number(fields.chargedSeconds),
    chargedMicroUsd: Number(fields.chargedMicroUsd),
    startedAtMs: Number(fields.startedAtMs),
    endedAtMs: Number(fields.endedAtMs),
    deadlineMs: Number(fields.deadlineMs),
  };
}

/** Returns every call that has ever been opened. Throws when one is still open. */
async function readAllEnded(redis: SystemRedis): Promise<EndedCall[]> {
  const keys = await read(redis, (client) => client.keys('voice:call:*'));
  const calls = await Promise.all(keys.map((key) => readEnded(redis, key.slice('voice:call:'.length))));
  return calls.map((call, index) => {
    assert.ok(call, `${keys[index]} is still open.`);
    return call;
  });
}

async function readProvider(baseUrl: string, apiKey: string): Promise<SeenCall[]> {
  const url = new URL('/__sandbox/calls', baseUrl);
  const response = await fetch(url, { headers: { authorization: `Bearer ${apiKey}` } });
  return (await response.json()).calls;
}

/**
 * Reads the books back: each account has spent the sum of its calls, to the second and the micro-dollar, and holds nothing;
 * each call that the site hung up was charged for what the provider saw, once; and nobody talks any more. Returns the calls.
 */
export async function auditBooks(
  redis: SystemRedis,
  provider: { baseUrl: string; apiKey: string },
): Promise<EndedCall[]> {
  const calls = await readAllEnded(redis);
  const seen = new Map((await readProvider(provider.baseUrl, provider.apiKey)).map((one) => [one.id, one]));
  for (const { id, endedAt } of seen.values()) assert.ok(endedAt, `The provider still talks in ${id}.`);
  const spent = new Map<string, number>();
  const add = (account: string, amount: number) => spent.set(account, (spent.get(account) ?? 0) + amount);
  for (const call of calls) {
    add(`${call.day} site`, call.chargedMicroUsd);
    add(`${call.day} ${call.owner}`, call.chargedSeconds);
    const { startedAt, endedAt, closeReason } = seen.get(call.rtcCallId) ?? {};
    // Who crashes is gone before the hang-up, and the site cannot know.
    if (!startedAt || !endedAt || closeReason !== 'hangup') continue;
    const talked = (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
    const more = call.chargedSeconds - talked;
    assert.ok(
      more > -1 && more < MOST_SECONDS_MORE,
      `${call.callId}: ${call.chargedSeconds} s charged, ${talked} s talked.`,
    );
  }
  for (const [account, amount] of spent) {
    const [day = '', id] = account.split(' ');
    const sums = await read(redis, (client) =>
      client.hmGet(`voice:books:${day}`, [`${id}:spent`, `${id}:held`]),
    );
    assert.deepEqual(sums.map(Number), [amount, 0], `${account} was charged otherwise than its calls.`);
  }
  return calls;
}
