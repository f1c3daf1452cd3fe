import { startRedis } from '@parley/redis-sandbox';
import { expect, test } from 'vitest';
import { relayOffer } from '@/lib/server/calls/relay-call';
import { resumeCall } from '@/lib/server/calls/resume-call';
import { hangUpEntry } from '@/lib/server/endings/hang-up-entry';
import { reap, reapAll, takeOverdue } from '@/lib/server/endings/reap';
import { CORRECT } from '@/lib/server/money/settle-scripts';
import { findPastCall } from '@/lib/server/records/call-history';
import { readCall } from '@/lib/server/records/stored-call';
import { listHangUps, readSums } from '@/lib/server/testing/books';
import {
  createCallFixture,
  end,
  eventually,
  leftToday,
  ORIGIN,
  open,
  passSeconds,
  toolRequest,
  visitor,
} from '@/lib/server/testing/call-fixture';
import { HUNG_UP } from '@/lib/server/testing/fake-openai';
import { OFFER } from '@/lib/server/testing/sdp-fixtures';
import { runToolOnce } from '@/lib/server/tools/run-once';
import type { CallId, RtcCallId } from '@/lib/shared/ids';

const fixture = createCallFixture(startRedis, { AUTH_GUEST: 'true', VOICE_CONNECT: 'relay' });

const UNKNOWN = { status: 404, body: '{"error":{"code":"call_id_not_found"}}' };

async function dialled() {
  const user = visitor();
  const { callId, secret } = await open(user);
  await relayOffer(user, callId, secret.value, OFFER);
  const call = await readCall(callId);
  return { user, callId, rtcCallId: call?.rtcCallId as RtcCallId };
}

const entriesOf = async (callId: CallId) => (await listHangUps()).filter((entry) => entry.startsWith(callId));

async function reapAfter(seconds: number) {
  passSeconds(seconds);
  await reapAll(Date.now() + 1000);
}

test('a 404 right after the answer is asked again after 15 s; if that hangs up, the receipt says what passed', async () => {
  const { user, callId, rtcCallId } = await dialled();
  fixture.provider.next.hangUp = UNKNOWN;
  expect(await end(user, callId)).toMatchObject({ seconds: 0, secondsLeftToday: 1800 });
  expect(await entriesOf(callId)).toEqual([hangUpEntry(callId, rtcCallId, 'gone')]);

  await reapAfter(14);
  expect(fixture.provider.hangUps()).toHaveLength(1);
  fixture.provider.next.hangUp = HUNG_UP;
  await reapAfter(1);
  expect(fixture.provider.hangUps()).toEqual([rtcCallId, rtcCallId]);
  expect(await entriesOf(callId)).toEqual([]);
  expect(await end(user, callId)).toMatchObject({ seconds: 15, secondsLeftToday: 1785 });
  expect(await leftToday(user)).toBe(1785);
  expect(await readSums('site')).toEqual({ spent: 15_000, held: 0 });
  await eventually(async () =>
    expect(await findPastCall(user.id, callId)).toMatchObject({ seconds: 15, estimateMicroUsd: 15_000 }),
  );
});

test('a corrected call still says in the history what its tools changed', async () => {
  const { user, callId } = await dialled();
  await runToolOnce(user, callId, 'echo_with_approval', toolRequest());
  fixture.provider.next.hangUp = UNKNOWN;
  await end(user, callId);
  fixture.provider.next.hangUp = HUNG_UP;
  await reapAfter(15);
  await eventually(async () =>
    expect(await findPastCall(user.id, callId)).toMatchObject({ seconds: 15, done: ['Echo aloud'] }),
  );
});

test('a correction whose reply from the database is lost is told all the same', async () => {
  for (let time = 0; time < 2; time += 1) {
    const { user, callId } = await dialled();
    fixture.provider.next.hangUp = UNKNOWN;
    await end(user, callId);
    fixture.provider.next.hangUp = HUNG_UP;
    if (time === 1) fixture.loseReply(CORRECT.sha1);
    await reapAfter(15);
    await eventually(async () => expect(await findPastCall(user.id, callId)).toMatchObject({ seconds: 15 }));
  }
});

test('a correction that the database misses for a moment is charged all the same, until the hang-up', async () => {
  const { user, callId } = await dialled();
  fixture.provider.next.hangUp = UNKNOWN;
  await end(user, callId);
  fixture.provider.next.hangUp = HUNG_UP;
  let restore = () => {};
  fixture.provider.next.whileHangingUp = async () => {
    restore = fixture.cutDatabase();
  };
  passSeconds(15);
  await reap(await takeOverdue(20));
  restore();
  passSeconds(20);
  await eventually(async () => expect(await findPastCall(user.id, callId)).toMatchObject({ seconds: 15 }));
  expect(await leftToday(user)).toBe(1785);
});

test('it is asked once more 90 s after the end, and then believed', async () => {
  const { user, callId, rtcCallId } = await dialled();
  fixture.provider.next.hangUp = UNKNOWN;
  passSeconds(10);
  const receipt = await end(user, callId);
  await reapAfter(15);
  expect(await entriesOf(callId)).toEqual([hangUpEntry(callId, rtcCallId, 'gone again')]);
  await reapAfter(74);
  expect(fixture.provider.hangUps()).toHaveLength(2);
  await reapAfter(1);
  expect(fixture.provider.hangUps()).toHaveLength(3);
  expect(await entriesOf(callId)).toEqual([]);
  expect(await end(user, callId)).toEqual(receipt);
  expect(receipt.seconds).toBe(10);
});

test('a failure in between is retried until the connection is hung up', async () => {
  const { user, callId, rtcCallId } = await dialled();
  fixture.provider.next.hangUp = UNKNOWN;
  await end(user, callId);
  fixture.provider.next.hangUp = { status: 500, body: '' };
  await reapAfter(15);
  expect(await entriesOf(callId)).toHaveLength(1);
  fixture.provider.next.hangUp = HUNG_UP;
  await reapAfter(600);
  expect(fixture.provider.hangUps().at(-1)).toBe(rtcCallId);
  expect(await end(user, callId)).toMatchObject({ seconds: 615 });
});

test('the old connection of a resumed call is asked for again too, and its call goes on', async () => {
  const { user, callId, rtcCallId } = await dialled();
  fixture.provider.next.hangUp = UNKNOWN;
  await resumeCall(user, callId, ORIGIN);
  fixture.provider.next.hangUp = HUNG_UP;
  await reapAfter(15);
  expect(fixture.provider.hangUps()).toEqual([rtcCallId, rtcCallId]);
  expect(await readCall(callId)).toMatchObject({ state: 'open', resumes: 1 });
});
