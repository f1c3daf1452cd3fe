import { startRedis } from '@parley/redis-sandbox';
import { describe, expect, test, vi } from 'vitest';
import { signInEvents } from '@/app/api/auth/[...nextauth]/sign-in-events';
import { endWhenDue } from '@/lib/server/endings/end-call';
import { reapAll } from '@/lib/server/endings/reap';
import { eraseData } from '@/lib/server/personal-data/erase-data';
import { exportData } from '@/lib/server/personal-data/export-data';
import { unattendedWork } from '@/lib/server/platform/background';
import { findPastCall, listPastCalls } from '@/lib/server/records/call-history';
import { keepTranscript, readTranscript } from '@/lib/server/records/kept-transcripts';
import { recordKeys } from '@/lib/server/records/record-keys';
import { NAMELESS, readCall } from '@/lib/server/records/stored-call';
import { storeKeys } from '@/lib/server/store/store-keys';
import { readSums } from '@/lib/server/testing/books';
import {
  createCallFixture,
  end,
  eventually,
  leftToday,
  openAndConnect,
  passSeconds,
  refusedWith,
  toolRequest,
  visitor,
} from '@/lib/server/testing/call-fixture';
import { runToolOnce } from '@/lib/server/tools/run-once';
import { UserId } from '@/lib/shared/ids';
import type { KeptEntry } from '@/lib/shared/kept-transcript';
import { PersonalData } from '@/lib/shared/personal-data';

const fixture = createCallFixture(startRedis);

const ENTRIES: KeptEntry[] = [{ kind: 'user', text: 'Keep this canary.', typed: true }];
const noBusiness = { read: async () => ({}), erase: async () => {} };

let members = 0;
const member = () => visitor({ id: UserId.parse(`github_${++members}`), role: 'user' });

/** Talks for twenty seconds, runs a tool that changes something, and keeps the conversation. */
async function talkAndKeep(user = member()) {
  const { callId } = await openAndConnect(user);
  await runToolOnce(user, callId, 'echo_with_approval', toolRequest({ text: 'canary' }));
  await eventually(async () =>
    expect(JSON.stringify(await fixture.redis.hgetall(storeKeys.call(callId)))).toContain('canary'),
  );
  passSeconds(20);
  const { seconds, secondsLeftToday } = await end(user, callId);
  await eventually(async () => expect(await findPastCall(user.id, callId)).not.toBeNull());
  await keepTranscript(user.id, callId, ENTRIES);
  return { user, callId, seconds, secondsLeftToday };
}

/** Returns the keys whose name or value mentions the text. */
async function keysThatMention(text: string): Promise<string[]> {
  const dump = `
    local value = redis.call('TYPE', KEYS[1]).ok
    if value == 'hash' then return cjson.encode(redis.call('HGETALL', KEYS[1])) end
    if value == 'zset' then return cjson.encode(redis.call('ZRANGE', KEYS[1], 0, -1)) end
    if value == 'stream' then return cjson.encode(redis.call('XRANGE', KEYS[1], '-', '+')) end
    return redis.call('GET', KEYS[1])`;
  const found: string[] = [];
  for (const key of await fixture.redis.keys('*')) {
    const value = String(JSON.stringify(await fixture.redis.eval(dump, [key], [])));
    if (`${key} ${value}`.includes(text)) found.push(key);
  }
  return found;
}

describe('an export', () => {
  test('holds the user’s calls, kept conversations, allowance, and what the business stores', async () => {
    const { user, callId, seconds, secondsLeftToday } = await talkAndKeep();
    await talkAndKeep();
    const business = vi.fn(async () => ({ bookings: [{ code: 'amber 42' }] }));
    const data = PersonalData.parse(await exportData(user, business));
    expect(data).toMatchObject({
      user: { id: user.id, role: 'user' },
      allowance: { secondsLeftToday, secondsPerDay: 2400 },
      calls: [{ callId, agent: 'ada', reason: 'user', seconds, done: ['Echo aloud'] }],
      conversations: [{ callId, entries: ENTRIES }],
      business: { bookings: [{ code: 'amber 42' }] },
    });
    expect(business).toHaveBeenCalledWith(user);
  });

  test('of a user who was never here is empty', async () => {
    const data = await exportData(member(), noBusiness.read);
    expect(data).toMatchObject({ calls: [], conversations: [], business: {} });
  });
});

describe('deleting everything', () => {
  test('leaves nothing of a user but the seconds of the day', async () => {
    const { user, callId, secondsLeftToday } = await talkAndKeep();
    const other = await talkAndKeep();
    const erase = vi.fn(async () => {});
    await eraseData(user, erase);
    expect(erase).toHaveBeenCalledWith(user);
    expect(await listPastCalls(user.id)).toEqual([]);
    expect(await readTranscript(user.id, callId)).toBeNull();
    const mentioned = await keysThatMention(user.id);
    expect(mentioned.filter((key) => !/^voice:(books|limit|erased):/.test(key))).toEqual([]);
    expect(secondsLeftToday).toBeLessThan(2400);
    expect(await leftToday(user)).toBe(secondsLeftToday);
    expect((await keysThatMention('canary')).filter((key) => key.includes(callId))).toEqual([]);
    expect(await readTranscript(other.user.id, other.callId)).toEqual(ENTRIES);
    expect(await listPastCalls(other.user.id)).toHaveLength(1);
  });

  test('ends the open call first, and does not remember it afterwards', async () => {
    const user = member();
    const { callId, rtcCallId } = await openAndConnect(user);
    passSeconds(10);
    await eraseData(user, noBusiness.erase);
    expect(fixture.provider.hangUps()).toEqual([rtcCallId]);
    expect(await readCall(callId)).toMatchObject({ state: 'ended', chargedSeconds: 10, owner: 'deleted' });
    await endWhenDue(callId);
    await reapAll(Date.now() + 1000);
    expect(await fixture.redis.exists(recordKeys.history(user.id), recordKeys.pastCall(callId))).toBe(0);
    expect(await leftToday(user)).toBe(2390);
  });

  test('keeps trying to hang up a connection that could not be ended', async () => {
    const user = member();
    const { callId, rtcCallId } = await openAndConnect(user);
    fixture.provider.next.hangUp = { status: 500, body: '' };
    await eraseData(user, noBusiness.erase);
    expect(await readCall(callId)).toMatchObject({ state: 'ended', owner: 'deleted' });
    fixture.provider.reset();
    await eventually(async () => {
      passSeconds(60);
      await reapAll(Date.now() + 1000);
      expect(fixture.provider.hangUps()).toContain(rtcCallId);
    });
  });

  test('charges the site and the network for what such a connection talked, and remembers nothing of it', async () => {
    const network = 'network-of-the-guest';
    const user = visitor({ network });
    const { callId } = await openAndConnect(user);
    fixture.provider.next.hangUp = { status: 500, body: '' };
    await eraseData(user, noBusiness.erase);
    const [site, shared] = await Promise.all([readSums('site'), readSums(`network_${network}`)]);
    expect(shared.spent).toBe(300);
    fixture.provider.reset();
    passSeconds(1000);
    await reapAll(Date.now() + 1000);
    expect(await readCall(callId)).toMatchObject({ chargedSeconds: 1000 });
    expect(await readSums(`network_${network}`)).toEqual({ spent: 1000, held: 0 });
    expect((await readSums('site')).spent - site.spent).toBe(700_000);
    await unattendedWork();
    expect(await findPastCall(NAMELESS, callId)).toBeNull();
  });

  test('takes the reply of a tool along that is still under way', async () => {
    const user = member();
    const { callId } = await openAndConnect(user);
    const running = runToolOnce(user, callId, 'echo', toolRequest({ text: 'late' })).catch(() => null);
    await eraseData(user, noBusiness.erase);
    await running;
    passSeconds(1);
    const stored = await fixture.redis.hgetall(storeKeys.call(callId));
    expect(Object.keys(stored ?? {}).filter((name) => name.startsWith('run:'))).toEqual([]);
  });

  test('lets nobody keep a conversation of a deleted call', async () => {
    const { user, callId } = await talkAndKeep();
    await eraseData(user, noBusiness.erase);
    await expect(keepTranscript(user.id, callId, ENTRIES)).rejects.toEqual(refusedWith('call_not_found'));
  });

  test('can be tried again after the business failed', async () => {
    const { user } = await talkAndKeep();
    const failing = eraseData(user, () => Promise.reject(new Error('down')));
    await expect(failing).rejects.toThrow('down');
    const erase = vi.fn(async () => {});
    await eraseData(user, erase);
    expect(erase).toHaveBeenCalledOnce();
  });
});

describe('a sign-out', () => {
  const signOut = (id: UserId) => {
    const user = { id, name: 'Ann', role: 'user' as const, permissions: [] };
    return signInEvents.signOut?.({ token: { id }, session: { user, expires: '' } });
  };

  test('of a guest takes the calls and the conversations along: a guest cannot come back', async () => {
    const { user, callId } = await talkAndKeep(visitor());
    await signOut(user.id);
    await eventually(async () => expect(await listPastCalls(user.id)).toEqual([]));
    expect(await readTranscript(user.id, callId)).toBeNull();
  });

  test('of anyone else ends the open call and leaves what is kept', async () => {
    const { user, callId } = await talkAndKeep();
    const { callId: open } = await openAndConnect(user);
    await signOut(user.id);
    await eventually(async () =>
      expect(await readCall(open)).toMatchObject({ state: 'ended', reason: 'signed_out' }),
    );
    expect(await readTranscript(user.id, callId)).toEqual(ENTRIES);
  });
});

test('what a guest keeps expires with the sign-in, a member’s after thirty days', async () => {
  const [guest, known] = [await talkAndKeep(visitor()), await talkAndKeep()];
  const days = async (key: string) => Math.ceil((await fixture.redis.ttl(key)) / 86_400);
  expect(await days(recordKeys.transcript(guest.callId))).toBe(7);
  expect(await days(recordKeys.pastCall(guest.callId))).toBe(7);
  expect(await days(recordKeys.transcript(known.callId))).toBe(30);
  expect(await days(recordKeys.history(known.user.id))).toBe(30);
});
