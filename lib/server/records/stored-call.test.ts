import { startRedis } from '@parley/redis-sandbox';
import { expect, test } from 'vitest';
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

test('a malformed record counts as a failure of the database, not as a call', async () => {
  const user = visitor();
  const call = await requireOwnCall(user.id, (await open(user)).callId);
  await getRedis().hset(storeKeys.call(call.callId), { deadlineMs: 'soon' });
  await expect(readCall(call.callId)).rejects.toEqual(refusedWith('store_unavailable'));
  await endCall(call, 'user');
});
