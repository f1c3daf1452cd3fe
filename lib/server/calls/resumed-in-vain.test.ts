// Relayed calls that were resumed and never connected again.
import { startRedis } from '@parley/redis-sandbox';
import { expect, test } from 'vitest';
import { relayOffer } from '@/lib/server/calls/relay-call';
import { resumeCall } from '@/lib/server/calls/resume-call';
import { reapAll } from '@/lib/server/endings/reap';
import { readCall } from '@/lib/server/records/stored-call';
import { readSums } from '@/lib/server/testing/books';
import {
  createCallFixture,
  ORIGIN,
  openAndDial,
  passSeconds,
  refusedWith,
  visitor,
} from '@/lib/server/testing/call-fixture';
import { OFFER } from '@/lib/server/testing/sdp-fixtures';

const fixture = createCallFixture(startRedis, { VOICE_CONNECT: 'relay' });

async function resumable() {
  const user = visitor();
  const { callId } = await openAndDial(user);
  return { user, callId };
}

test('a call that nobody resumes again ends with its ticket, as one whose connection was lost', async () => {
  const { user, callId } = await resumable();
  passSeconds(30);
  await resumeCall(user, callId, ORIGIN);
  passSeconds(60);
  await reapAll(Date.now() + 1000);
  const ended = { state: 'ended', reason: 'connection_lost', chargedSeconds: 90 };
  expect(await readCall(callId)).toMatchObject(ended);
});

test.each([
  ['in its first moment', 0, 60],
  ['in its last second', 59, 30],
])(
  'a call whose ticket is used %s, in vain, holds no room from others for long',
  async (_, afterSeconds, holds) => {
    const { user, callId } = await resumable();
    passSeconds(30);
    const { secret } = await resumeCall(user, callId, ORIGIN);
    passSeconds(afterSeconds);
    fixture.provider.next.calls = { status: 500, body: 'oops' };
    await expect(relayOffer(user, callId, secret.value, OFFER)).rejects.toEqual(
      refusedWith('provider_failed'),
    );
    passSeconds(holds - 1);
    await reapAll(Date.now() + 1000);
    expect(await readCall(callId)).toMatchObject({ state: 'open' });
    passSeconds(1);
    await reapAll(Date.now() + 1000);
    const chargedSeconds = 30 + afterSeconds + holds;
    expect(await readCall(callId)).toMatchObject({
      state: 'ended',
      reason: 'connection_lost',
      chargedSeconds,
    });
    expect(await readSums(user.id)).toEqual({ spent: chargedSeconds, held: 0 });
  },
);
