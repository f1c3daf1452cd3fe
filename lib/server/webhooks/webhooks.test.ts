import { randomUUID } from 'node:crypto';
import { startRedis } from '@parley/redis-sandbox';
import OpenAI from 'openai';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { GET as reapNow } from '@/app/api/cron/reap/route';
import { hangUpEntry } from '@/lib/server/endings/hang-up-entry';
import { reapAll } from '@/lib/server/endings/reap';
import { sweep } from '@/lib/server/endings/sweep';
import { eraseData } from '@/lib/server/personal-data/erase-data';
import { unattendedWork } from '@/lib/server/platform/background';
import { WEBHOOK_TYPES } from '@/lib/server/platform/setup/webhook-variables';
import { auditName } from '@/lib/server/records/audit';
import { storeKeys } from '@/lib/server/store/store-keys';
import {
  createCallFixture,
  dial,
  end,
  eventually,
  newConnection,
  open,
  openAndDial,
  passSeconds,
  toolRequest,
  visitor,
} from '@/lib/server/testing/call-fixture';
import { countCommands } from '@/lib/server/testing/count-commands';
import { createWebhookFixture } from '@/lib/server/testing/webhook-fixture';
import { NEW_SECRET, OLD_SECRET } from '@/lib/server/testing/webhook-receiver';
import { runToolOnce } from '@/lib/server/tools/run-once';
import { WEBHOOK_EVENTS } from '@/lib/server/webhooks/events';

const CRON_SECRET = 'a-cron-secret-of-24-chars';
const fixture = createCallFixture(startRedis, { CRON_SECRET, VOICE_CONNECT: 'relay', AUTH_GUEST: 'true' });
const receiver = createWebhookFixture(`${NEW_SECRET} ${OLD_SECRET}`);

beforeEach(async () => {
  receiver.reset();
  await fixture.redis.del(storeKeys.webhooks);
});

const verify = ({ body, headers }: (typeof receiver.received)[number], secret: string) =>
  new OpenAI({ apiKey: 'unused' }).webhooks.verifySignature(
    body,
    new Headers(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    secret,
  );

async function talk(user = visitor()) {
  const { callId } = await openAndDial(user);
  return { user, callId };
}

/** Returns the first message of a type, once it has come. */
const received = (type: string) =>
  eventually(() => {
    const [message] = receiver.ofType(type);
    if (!message) throw new Error(`No ${type} has come.`);
    return message;
  });

const waiting = () => fixture.redis.zrange<string[]>(storeKeys.webhooks, 0, -1, { withScores: true });
/** When the one that waits is tried again. */
const nextMs = async () => Number((await waiting())[1]);
const untilOneWaits = () => eventually(async () => expect(await waiting()).toHaveLength(2));

describe('what the owner is told', () => {
  test('a call that ended, once, with what it cost and under the name of the audit trail', async () => {
    const { user, callId } = await talk();
    passSeconds(60);
    await end(user, callId);
    await end(user, callId);
    const { body, headers } = await received('call.ended');
    expect(headers['webhook-id']).toBe(`msg_call_ended_${callId}`);
    expect(JSON.parse(body)).toEqual({
      type: 'call.ended',
      timestamp: expect.stringMatching(/T12:01:\d\d\.\d{3}Z$/),
      data: {
        callId,
        user: auditName(user.id),
        agent: expect.any(String),
        connect: 'relay',
        reason: 'user',
        seconds: 60,
        estimatedUsd: 0.06,
        changes: 0,
      },
    });
    expect(receiver.ofType('call.ended')).toHaveLength(1);
  });

  test('nothing of a ticket that nobody used', async () => {
    const unused = visitor();
    await end(unused, (await open(unused)).callId);
    const { user, callId } = await talk();
    await end(user, callId);
    await received('call.ended');
    expect(receiver.received).toHaveLength(1);
  });

  test('a tool that ran, and not what it was asked or said', async () => {
    const canary = `canary-${randomUUID()}`;
    const { user, callId } = await talk();
    await runToolOnce(user, callId, 'echo', toolRequest({ text: canary }));
    const { body } = await received('tool.ran');
    expect(JSON.parse(body).data).toEqual({
      callId,
      user: auditName(user.id),
      tool: 'echo',
      ok: expect.any(Boolean),
      ms: expect.any(Number),
    });
    await end(user, callId);
    await received('call.ended');
    const everything = JSON.stringify(receiver.received);
    for (const secret of [canary, user.id, user.name, 'sk-server-key']) {
      expect(everything).not.toContain(secret);
    }
  });

  test('a hang-up that is given up', async () => {
    const { callId } = await talk();
    const rtcCallId = newConnection();
    await fixture.redis.zadd(storeKeys.deadlines, { score: 1, member: hangUpEntry(callId, rtcCallId) });
    passSeconds(2 * 3600);
    await reapAll(Date.now() + 1000);
    expect(JSON.parse((await received('hang_up.given_up')).body).data).toEqual({ callId, rtcCallId });
  });

  test('why the provider refuses, once a day for each cause, if it does not pass by itself', async () => {
    const refuse = async (status: number, code: string) => {
      fixture.provider.next.calls = { status, body: JSON.stringify({ error: { code } }) };
      const user = visitor();
      const ticket = await open(user);
      await expect(dial(user, ticket)).rejects.toBeTruthy();
    };
    await refuse(503, 'overloaded');
    await refuse(401, 'invalid_api_key');
    await refuse(401, 'invalid_api_key');
    await received('provider.refused');
    await refuse(429, 'insufficient_quota');
    await eventually(() => expect(receiver.ofType('provider.refused')).toHaveLength(2));
    const causes = receiver.ofType('provider.refused').map(({ body }) => JSON.parse(body).data.cause);
    expect(causes).toEqual(['key_refused', 'no_credit']);
  });

  test('what is told once is told although the database’s reply to the claim is lost', async () => {
    const user = visitor();
    const ticket = await open(user);
    fixture.provider.next.calls = { status: 401, body: '{"error":{"code":"invalid_api_key"}}' };
    fixture.loseReply('voice:told');
    await expect(dial(user, ticket)).rejects.toBeTruthy();
    expect(JSON.parse((await received('provider.refused')).body).data.cause).toBe('key_refused');
  });

  test('every event that comes has the form of the closed list', async () => {
    const { user, callId } = await talk();
    await runToolOnce(user, callId, 'echo', toolRequest());
    await end(user, callId);
    await received('call.ended');
    await received('tool.ran');
    for (const { body } of receiver.received) {
      const { type, data, ...others } = JSON.parse(body);
      expect(WEBHOOK_TYPES).toContain(type);
      expect(WEBHOOK_EVENTS[type as 'tool.ran'].safeParse(data).success).toBe(true);
      expect(Object.keys(others)).toEqual(['timestamp']);
    }
  });
});

describe('the signature', () => {
  test.each([
    ['the new secret', NEW_SECRET],
    ['the old one', OLD_SECRET],
  ])('holds by %s', async (_, secret) => {
    const { user, callId } = await talk();
    await end(user, callId);
    const message = await received('call.ended');
    // The library looks at the real clock.
    const sentSeconds = Number(message.headers['webhook-timestamp']);
    vi.setSystemTime(sentSeconds * 1000);
    await expect(verify(message, secret)).resolves.toBeUndefined();
    const changed = { ...message, body: message.body.replace('user', 'idle') };
    await expect(verify(changed, secret)).rejects.toThrow();
    const foreign = `whsec_${Buffer.alloc(32, 'foreign').toString('base64')}`;
    await expect(verify(message, foreign)).rejects.toThrow();
    passSeconds(600);
    await expect(verify(message, secret)).rejects.toThrow();
  });
});

describe('a receiver in trouble', () => {
  async function failOnce(answer: (typeof receiver.next)['answer']) {
    receiver.next.answer = answer;
    const { user, callId } = await talk();
    await end(user, callId);
    await received('call.ended');
    await untilOneWaits();
    return { user, callId };
  }

  test('gets the same message again after five seconds, under the same id, signed afresh', async () => {
    await failOnce({ status: 500, body: 'canary of the receiver' });
    receiver.next.answer = { status: 200 };
    const dueMs = await nextMs();
    vi.setSystemTime(dueMs - 1);
    await sweep();
    expect(receiver.received).toHaveLength(1);
    vi.setSystemTime(dueMs);
    await sweep();
    expect(receiver.received).toHaveLength(2);
    const [first, second] = receiver.received;
    expect(second?.body).toBe(first?.body);
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(Number(second?.headers['webhook-timestamp'])).toBeGreaterThan(
      Number(first?.headers['webhook-timestamp']),
    );
    await expect(second && verify(second, NEW_SECRET)).resolves.toBeUndefined();
    expect(await waiting()).toEqual([]);
  });

  test('is asked ever less often, for three days, and then no more', async () => {
    await failOnce({ status: 500 });
    const firstMs = Date.parse(JSON.parse(receiver.received[0]?.body ?? '').timestamp);
    const waits: number[] = [];
    for (let i = 0; i < 12; i += 1) {
      const atMs = await nextMs();
      if (Number.isNaN(atMs)) break;
      waits.push(Math.round((atMs - firstMs) / 1000));
      vi.setSystemTime(atMs);
      await sweep();
    }
    const hour = 3600;
    const between = waits.map((wait, i) => wait - (waits[i - 1] ?? 0));
    expect(between).toEqual([5, 300, 1800, 2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 24 * hour]);
    expect(receiver.received).toHaveLength(10);
  });

  test('is left alone for as long as it asks', async () => {
    await failOnce({ status: 429, headers: { 'retry-after': '120' } });
    const sentMs = Number(receiver.received[0]?.headers['webhook-timestamp']) * 1000;
    expect((await nextMs()) - sentMs).toBeGreaterThanOrEqual(120_000);
    expect((await nextMs()) - sentMs).toBeLessThan(130_000);
  });

  test('that redirects is not followed', async () => {
    await failOnce({ status: 302, headers: { location: '/elsewhere' } });
    expect(receiver.received.map(({ path }) => path)).toEqual(['/hooks?site=1']);
  });

  test('is asked by the scheduler too', async () => {
    await failOnce({ status: 500 });
    receiver.next.answer = { status: 200 };
    passSeconds(5);
    const request = new Request('http://app.test/api/cron/reap', {
      headers: { authorization: `Bearer ${CRON_SECRET}` },
    });
    expect((await reapNow(request, {})).status).toBe(200);
    expect(receiver.received).toHaveLength(2);
  });

  test('that is slow slows no call', async () => {
    let answer = () => {};
    receiver.next.before = () => new Promise<void>((resolve) => (answer = resolve));
    const { user, callId } = await talk();
    await end(user, callId);
    await received('call.ended');
    const next = await talk();
    expect(next.callId).not.toBe(callId);
    answer();
    receiver.next.before = async () => undefined;
  });

  test('what waits about a person goes with the rest of their data', async () => {
    const { user } = await failOnce({ status: 500 });
    await eraseData(user, async () => undefined);
    expect(JSON.stringify(await waiting())).not.toContain(auditName(user.id));
  });

  test('a thousand messages wait at most', async () => {
    const fill = Array.from({ length: 1000 }, (_, i) => ({ score: 9e15, member: `msg_${i} {}` }));
    await fixture.redis.zadd(storeKeys.webhooks, { score: 9e15, member: 'msg_x {}' }, ...fill.slice(1));
    receiver.next.answer = { status: 500 };
    const { user, callId } = await talk();
    await end(user, callId);
    await received('call.ended');
    await unattendedWork();
    expect(await fixture.redis.zcard(storeKeys.webhooks)).toBe(1000);
  });
});

test('a process with nothing to do looks for two commands', async () => {
  passSeconds(3600);
  await sweep();
  await eventually(async () => expect((await countCommands(sweep)).byName).toEqual({ zrange: 1, zcount: 1 }));
});
