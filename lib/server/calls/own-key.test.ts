import { startRedis } from '@parley/redis-sandbox';
import { expect, test } from 'vitest';
import { connectCall } from '@/lib/server/calls/connect-call';
import { resumeCall } from '@/lib/server/calls/resume-call';
import { reapAll } from '@/lib/server/endings/reap';
import { readCall } from '@/lib/server/records/stored-call';
import { getRedis } from '@/lib/server/store/redis';
import { listHangUps, readSums } from '@/lib/server/testing/books';
import {
  createCallFixture,
  end,
  leftToday,
  newConnection,
  ORIGIN,
  openWith,
  passSeconds,
  refusedWith,
  visitor,
} from '@/lib/server/testing/call-fixture';

const KEY = 'sk-caller-0123456789';
const fixture = createCallFixture(startRedis, { OPENAI_API_KEY: '', VOICE_ALLOW_REQUEST_KEY: 'true' });

test('a call on the caller’s own key: used for the mint alone, stored nowhere, settled in full, free for the site', async () => {
  const user = visitor({ role: 'user' });
  const { callId, secret } = await openWith(user, {}, KEY);
  expect(secret.value).toBe('ek_test');
  expect(fixture.provider.requests[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  const rtcCallId = newConnection();
  await connectCall({ userId: user.id, callId, rtcCallId });
  await expect(resumeCall(user, callId, ORIGIN)).rejects.toEqual(refusedWith('not_resumable'));

  passSeconds(10);
  expect(await end(user, callId)).toMatchObject({ seconds: 300 });
  expect(await leftToday(user)).toBe(2100);
  expect(await readSums('site')).toEqual({ spent: 0, held: 0 });
  await reapAll(Date.now() + 1000);
  expect(await listHangUps()).toEqual([]);
  expect(fixture.provider.hangUps()).toEqual([]);

  const keys = await getRedis().keys('*');
  const calls = await Promise.all(
    keys.filter((key) => key.startsWith('voice:call:')).map((key) => getRedis().hgetall(key)),
  );
  expect(JSON.stringify([keys, calls, await readCall(callId)])).not.toContain(KEY);
});

test('without the key there is a clear refusal, and nothing is held', async () => {
  const user = visitor({ role: 'user' });
  await expect(openWith(user)).rejects.toMatchObject({
    code: 'not_configured',
    message: expect.stringContaining('x-openai-api-key'),
  });
  expect(await leftToday(user)).toBe(2400);
});

test('a key that the provider refuses is for the caller to check', async () => {
  const user = visitor({ role: 'user' });
  fixture.provider.next.mint = { status: 401, body: `{"error":{"message":"Incorrect API key: ${KEY}"}}` };
  await expect(openWith(user, {}, KEY)).rejects.toMatchObject({
    code: 'provider_refused',
    message: 'The voice service refused your key.',
  });
  expect(await leftToday(user)).toBe(2400);
});
