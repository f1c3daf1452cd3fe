import { startRedis } from '@parley/redis-sandbox';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { connectCall } from '@/lib/server/calls/connect-call';
import { endByAdmin } from '@/lib/server/endings/end-call';
import { reapAll } from '@/lib/server/endings/reap';
import { withRequestId } from '@/lib/server/platform/request-id';
import { AUDIT_KEEP_DAYS, audit, auditName, auditRefusal } from '@/lib/server/records/audit';
import { listPastCalls } from '@/lib/server/records/call-history';
import { getRedis } from '@/lib/server/store/redis';
import { storeKeys } from '@/lib/server/store/store-keys';
import {
  createCallFixture,
  end,
  eventually,
  open,
  openAndConnect,
  passSeconds,
  refusedWith,
  visitor,
} from '@/lib/server/testing/call-fixture';
import { HUNG_UP } from '@/lib/server/testing/fake-openai';
import { runToolOnce } from '@/lib/server/tools/run-once';
import { CallId, RtcCallId, ToolCallId, UserId } from '@/lib/shared/ids';

const fixture = createCallFixture(startRedis, { LOG_LEVEL: 'warn' });

const MEMBER = UserId.parse('github_7');

const lines: string[] = [];
beforeAll(() => {
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
});
afterAll(() => {
  vi.restoreAllMocks();
});

type Entry = Record<string, unknown>;

const TRAILS = [storeKeys.audit, storeKeys.guestAudit, storeKeys.refusalAudit];

const readTrail = async (key: string) =>
  Object.entries((await getRedis().xrange<Entry>(key, '-', '+')) ?? {});

/** Returns the entries of all trails, the oldest first. */
async function stream(): Promise<Entry[]> {
  const trails = await Promise.all(TRAILS.map(readTrail));
  const byTime = trails.flat().toSorted(([a], [b]) => a.localeCompare(b));
  return byTime.map(([, entry]) => entry);
}

/** Returns the entries since the last look, once the expected number has arrived: they are written after the response. */
const written = (count: number) =>
  eventually(async () => {
    const entries = await stream();
    expect(entries.length).toBe(count);
    return entries;
  });

beforeEach(async () => {
  await getRedis().del(...TRAILS);
  lines.length = 0;
});

describe('an event', () => {
  test('is one log line and one entry, with the request id and without the user’s id', async () => {
    withRequestId('request-12345', () =>
      audit({ event: 'sign_in', userId: UserId.parse('github_7'), provider: 'github' }),
    );
    const [entry] = await written(1);
    const user = auditName(UserId.parse('github_7'));
    expect(entry).toEqual({ event: 'sign_in', user, provider: 'github', requestId: 'request-12345' });
    expect(lines.length).toBe(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      requestId: 'request-12345',
      audit: { event: 'sign_in', user, provider: 'github' },
    });
    expect(JSON.stringify([lines, entry])).not.toContain('github_7');
  });

  test('that cannot be written does not fail the request', async () => {
    await getRedis().set(storeKeys.audit, 'not a stream');
    expect(() =>
      audit({ event: 'call_reaped', userId: MEMBER, callId: CallId.parse('call_1') }),
    ).not.toThrow();
    await eventually(() => expect(lines.join('')).toContain('unattended work failed'));
  });

  test('of a guest, a refusal or a failed sign-in does not push out what members and the site did', async () => {
    const [guest, member] = [UserId.parse('guest_7'), UserId.parse('github_7')];
    audit({ event: 'sign_in', userId: member, provider: 'github' });
    audit({ event: 'hang_up_given_up', rtcCallId: RtcCallId.parse('rtc_1') });
    audit({ event: 'sign_in', userId: guest, provider: 'guest' });
    audit({ event: 'call_refused', userId: member, code: 'rate_limited' });
    audit({ event: 'sign_in_failed', code: 'OAUTH_CALLBACK_ERROR', cause: 'unknown' });
    await written(4);
    const eventsIn = async (key: string) => (await readTrail(key)).map(([, { event }]) => event);
    expect(await eventsIn(storeKeys.audit)).toEqual(['sign_in', 'hang_up_given_up']);
    expect(await eventsIn(storeKeys.guestAudit)).toEqual(['sign_in']);
    expect(await eventsIn(storeKeys.refusalAudit)).toEqual(['call_refused']);
    expect(lines).toHaveLength(5);
  });

  test('repeated a thousand times by a stranger is written a few times', async () => {
    for (let count = 0; count < 1_000; count++) {
      audit({ event: 'sign_in_failed', code: 'OAUTH_CALLBACK_HANDLER_ERROR', cause: 'denied_by_provider' });
      audit({ event: 'call_refused', userId: UserId.parse('guest_8'), code: 'rate_limited' });
    }
    audit({ event: 'call_refused', userId: UserId.parse('guest_8'), code: 'already_in_call' });
    audit({ event: 'call_refused', userId: UserId.parse('guest_9'), code: 'rate_limited' });
    await written(3);
    expect(lines.length).toBeLessThan(15);
  });

  test('repeated by one member without end pushes out nobody else’s, and the log has all of it', async () => {
    const [member, other] = [UserId.parse('github_8'), UserId.parse('github_9')];
    audit({ event: 'sign_in', userId: other, provider: 'github' });
    for (let count = 0; count < 1_000; count++) audit({ event: 'data_exported', userId: member });
    audit({ event: 'data_exported', userId: other });
    audit({ event: 'calls_paused', userId: member });
    const entries = await written(303);
    const ofMember = entries.filter(({ user }) => user === auditName(member)).map(({ event }) => event);
    expect(ofMember.filter((event) => event === 'data_exported')).toHaveLength(300);
    expect(ofMember).toContain('calls_paused');
    expect(lines).toHaveLength(1_003);
  });

  test('goes when it is ninety days old, or its trail has been quiet for as long', async () => {
    const xadd = `redis.call('XADD', KEYS[1], ARGV[1], 'event', 'old') return 1`;
    const realNowMs = Number(await getRedis().eval(`return redis.call('TIME')[1]`, [], [])) * 1000;
    const daysAgo = (days: number) => `${realNowMs - days * 24 * 3600 * 1000}-0`;
    await getRedis().eval(xadd, [storeKeys.audit], [daysAgo(AUDIT_KEEP_DAYS + 1)]);
    await getRedis().eval(xadd, [storeKeys.audit], [daysAgo(AUDIT_KEEP_DAYS - 1)]);
    audit({ event: 'call_reaped', userId: MEMBER, callId: CallId.parse('call_1') });
    await eventually(async () =>
      expect((await stream()).map(({ event }) => event)).toEqual(['old', 'call_reaped']),
    );
    const ttl = await getRedis().ttl(storeKeys.audit);
    expect(ttl).toBeGreaterThan((AUDIT_KEEP_DAYS - 1) * 24 * 3600);
  });

  test('the stream drops its oldest entries', async () => {
    const fill = `for i = 1, 12000 do redis.call('XADD', KEYS[1], '*', 'event', 'x') end return 1`;
    await getRedis().eval(fill, [storeKeys.audit], []);
    audit({ event: 'call_reaped', userId: MEMBER, callId: CallId.parse('call_last') });
    await eventually(async () => expect(await getRedis().xlen(storeKeys.audit)).toBeLessThan(10_200));
  });
});

describe('what is recorded', () => {
  test('a call from opening to its end, and a tool without its arguments', async () => {
    const user = visitor();
    const { callId } = await openAndConnect(user);
    await runToolOnce(user, callId, 'echo', {
      toolCallId: ToolCallId.parse('call_t'),
      arguments: { canary: 'tweet' },
    });
    passSeconds(30);
    await end(user, callId);
    const entries = await written(2);
    const who = { user: auditName(user.id), callId };
    const expected: Entry[] = [
      { event: 'call_opened', ...who, agent: 'ada', seconds: 300 },
      { event: 'call_connected', ...who },
      { event: 'tool_run', ...who, tool: 'echo', ok: false },
      { event: 'call_ended', ...who, reason: 'user', seconds: 30, estimatedUsd: 0.03 },
    ];
    const logged = lines.map((line): Entry => JSON.parse(line).audit);
    for (const entry of expected) expect(logged).toContainEqual(expect.objectContaining(entry));
    // What happens within the call is in the log alone.
    expect(entries.map(({ event }) => event)).toEqual(['call_opened', 'call_ended']);
    expect(JSON.stringify([entries, lines])).not.toContain('tweet');
  });

  test('each event once: connected twice, and ended twice at once', async () => {
    const user = visitor();
    const { callId, rtcCallId } = await openAndConnect(user);
    await connectCall({ userId: user.id, callId, rtcCallId });
    await Promise.all([end(user, callId), end(user, callId), end(user, callId)]);
    await end(user, callId);
    const entries = await written(2);
    expect(entries.map(({ event }) => event)).toEqual(['call_opened', 'call_ended']);
    const logged = lines.map((line) => JSON.parse(line).audit.event);
    expect(logged).toEqual(['call_opened', 'call_connected', 'call_ended']);
  });

  test('an administrator’s hang-up of an open call, and none of one that had ended', async () => {
    const { callId } = await openAndConnect(visitor());
    const boss = UserId.parse('github_boss');
    await endByAdmin(callId, boss);
    await endByAdmin(callId, boss);
    const logged = lines.map((line) => JSON.parse(line).audit.event);
    expect(logged.filter((event) => event === 'call_hung_up')).toHaveLength(1);
  });

  test('the cost at the price at which the call began, even if the model has changed', async () => {
    const user = visitor();
    const { callId } = await openAndConnect(user);
    await getRedis().hset(storeKeys.call(callId), { microUsdPerSecond: 3000 });
    passSeconds(30);
    await end(user, callId);
    expect(await written(2)).toContainEqual(
      expect.objectContaining({ event: 'call_ended', seconds: 30, estimatedUsd: 0.09 }),
    );
    const past = await eventually(async () => (await listPastCalls(user.id))[0] ?? Promise.reject());
    expect(past.estimateMicroUsd).toBe(90_000);
  });

  test('a refusal and its code', async () => {
    const user = visitor();
    await open(user);
    const refused = open(user).catch(auditRefusal(user.id));
    await expect(refused).rejects.toEqual(refusedWith('already_in_call'));
    const entries = await written(2);
    expect(entries).toContainEqual(
      expect.objectContaining({ event: 'call_refused', code: 'already_in_call' }),
    );
  });

  test('a hang-up that failed, and a call that was reaped', async () => {
    const { callId, rtcCallId } = await openAndConnect(visitor());
    fixture.provider.next.hangUp = { status: 500, body: '' };
    passSeconds(301);
    await reapAll(Date.now() + 1000);
    fixture.provider.next.hangUp = HUNG_UP;
    const entries = await eventually(async () => {
      const all = await stream();
      expect(all.map(({ event }) => event)).toContain('call_reaped');
      return all;
    });
    // Whoever opens tickets and lets them lie causes any number of these.
    const ofMembers = (await readTrail(storeKeys.audit)).map(([, { event }]) => event);
    expect(ofMembers).not.toContain('call_reaped');
    expect(entries).toContainEqual(expect.objectContaining({ event: 'hang_up_failed', rtcCallId }));
    expect(entries).toContainEqual(expect.objectContaining({ event: 'call_reaped', callId }));
  });
});

test('opening a call costs one request before the response, and the entry one after it', async () => {
  await reapAll(Date.now() + 1000);
  await open(visitor());
  await eventually(async () =>
    expect(await stream()).toContainEqual(expect.objectContaining({ event: 'call_opened' })),
  );
  const fetches = vi.spyOn(globalThis, 'fetch');
  const toRedis = () => fetches.mock.calls.filter(([, init]) => String(init?.body).includes('voice:'));
  let atAnswer = 0;
  await open(visitor()).then(() => {
    atAnswer = toRedis().filter(([, init]) => !String(init?.body).includes(storeKeys.audit)).length;
  });
  expect(atAnswer).toBe(1);
  await eventually(() => expect(toRedis().length).toBe(2));
  fetches.mockRestore();
});
