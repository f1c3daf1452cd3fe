import { startRedis } from '@parley/redis-sandbox';
import { expect, test, vi } from 'vitest';
import { endCall } from '@/lib/server/endings/end-call';
import { readCall, requireCallId, requireOwnCall } from '@/lib/server/records/stored-call';
import { getRedis } from '@/lib/server/store/redis';
import { storeKeys } from '@/lib/server/store/store-keys';
import { createCallFixture, open, refusedWith, visitor } from '@/lib/server/testing/call-fixture';

createCallFixture(startRedis);

test('an id that would name another key of the database is refused as unknown', async () => {
  const { callId } = await open(visitor());
  expect(() => requireCallId(`${callId}:tools`)).toThrow(refusedWith('call_not_found'));
});

test('reading a call does not read what its tools replied, however much that is', async () => {
  const user = visitor();
  const { callId } = await open(user);
  const runs = Array.from({ length: 300 }, (_, i) => [`run:call_tool_${i}`, 'x'.repeat(8_000)]);
  await getRedis().hset(storeKeys.call(callId), Object.fromEntries(runs));
  const replies = vi.spyOn(Response.prototype, 'text');
  expect(await readCall(callId)).toMatchObject({ state: 'open', owner: user.id });
  const read = await Promise.all(replies.mock.results.map(({ value }) => value));
  replies.mockRestore();
  expect(read).not.toHaveLength(0);
  expect(String(read).length).toBeLessThan(20_000);
});

test('a malformed record counts as a failure of the database, not as a call', async () => {
  const user = visitor();
  const call = await requireOwnCall(user.id, (await open(user)).callId);
  await getRedis().hset(storeKeys.call(call.callId), { deadlineMs: 'soon' });
  await expect(readCall(call.callId)).rejects.toEqual(refusedWith('store_unavailable'));
  await endCall(call, 'user');
});

test('a call that a newer version stored is read, and can be ended', async () => {
  const user = visitor();
  const { callId } = await open(user);
  const fields = { options: JSON.stringify({ voice: 'cedar', mood: 'sunny' }), somethingNew: '1' };
  await getRedis().hset(storeKeys.call(callId), fields);
  const call = await requireOwnCall(user.id, callId);
  expect(call).toMatchObject({ state: 'open', options: { voice: 'cedar' } });
  await endCall(call, 'user');
  await getRedis().hset(storeKeys.call(callId), { reason: 'a_newer_reason', options: '"nonsense"' });
  expect(await readCall(callId)).toMatchObject({ state: 'ended', reason: 'server_hangup', options: {} });
});
