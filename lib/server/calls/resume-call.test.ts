import { startRedis } from '@parley/redis-sandbox';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { User } from '@/lib/server/auth/user';
import { connectCall } from '@/lib/server/calls/connect-call';
import { relayOffer } from '@/lib/server/calls/relay-call';
import { resumeCall } from '@/lib/server/calls/resume-call';
import { reapAll } from '@/lib/server/endings/reap';
import { readCall } from '@/lib/server/records/stored-call';
import {
  createCallFixture,
  end,
  leftToday,
  newConnection,
  ORIGIN,
  open,
  openAndConnect,
  openWith,
  passSeconds,
  refusedWith,
  visitor,
} from '@/lib/server/testing/call-fixture';
import { HUNG_UP, MINTED } from '@/lib/server/testing/fake-openai';
import { OFFER } from '@/lib/server/testing/sdp-fixtures';
import type { CallId } from '@/lib/shared/ids';

// Guests are relayed wherever calls cost money, a developer at their own machine is not: one fixture for both.
const fixture = createCallFixture(startRedis, {
  NODE_ENV: 'development',
  PARLEY_HOSTNAME: '127.0.0.1',
  PARLEY_SANDBOX: '0',
  AUTH_GUEST: 'true',
  VOICE_CALLS_PER_MINUTE: '100',
});

const Expiring = z.object({ expires_after: z.object({ seconds: z.number() }) });

const member = () => visitor({ role: 'user' });
const resume = (user: User, callId: CallId) => resumeCall(user, callId, ORIGIN);

async function relayed(user = visitor()) {
  const ticket = await open(user);
  await relayOffer(user, ticket.callId, ticket.secret.value, OFFER);
  const rtcCallId = (await readCall(ticket.callId))?.rtcCallId;
  return { user, callId: ticket.callId, ticket, rtcCallId };
}

describe('a dropped direct call', () => {
  test('gets another secret within its own seconds; the old connection is hung up first', async () => {
    const user = member();
    const opened = await openAndConnect(user);
    passSeconds(100);
    const ticket = await resume(user, opened.callId);
    expect(ticket).toMatchObject({ callId: opened.callId, callSeconds: 200, greets: false });
    expect(ticket.deadline).toBe(new Date(Date.now() + 200_000).toISOString());
    expect(ticket.callUrl).toBe(`${fixture.provider.baseUrl}/realtime/calls`);
    expect(fixture.provider.requests.map(({ path }) => path.split('/').at(-1))).toEqual([
      'client_secrets',
      'hangup',
      'client_secrets',
    ]);
    expect(await leftToday(user)).toBe(2400 - 300);
    const next = newConnection();
    await connectCall({ userId: user.id, callId: opened.callId, rtcCallId: next });
    passSeconds(20);
    expect(await end(user, opened.callId)).toMatchObject({ seconds: 120 });
    expect(fixture.provider.hangUps()).toEqual([opened.rtcCallId, next]);
  });

  test('gets a secret that lives no longer than the call, or the provider’s minimum', async () => {
    const user = member();
    const { callId } = await openAndConnect(user);
    passSeconds(270);
    await resume(user, callId);
    await connectCall({ userId: user.id, callId, rtcCallId: newConnection() });
    passSeconds(27);
    await resume(user, callId);
    const lives = fixture.provider.requests.flatMap(({ body }) => Expiring.safeParse(body).data ?? []);
    expect(lives.map(({ expires_after }) => expires_after.seconds)).toEqual([60, 30, 10]);
  });

  test('cannot report its old connection again', async () => {
    const user = member();
    const { callId, rtcCallId } = await openAndConnect(user);
    await resume(user, callId);
    await expect(connectCall({ userId: user.id, callId, rtcCallId })).rejects.toEqual(
      refusedWith('bad_request'),
    );
  });

  test('that was resumed and never connected again is charged in full', async () => {
    const user = member();
    const { callId } = await openAndConnect(user);
    passSeconds(10);
    await resume(user, callId);
    expect(await end(user, callId)).toMatchObject({ seconds: 300 });
  });

  test('is resumed again when the answer was lost on its way, and charged once', async () => {
    const user = member();
    const { callId, rtcCallId } = await openAndConnect(user);
    await resume(user, callId);
    const ticket = await resume(user, callId);
    expect(ticket).toMatchObject({ callId });
    const next = newConnection();
    await connectCall({ userId: user.id, callId, rtcCallId: next });
    passSeconds(20);
    expect(await end(user, callId)).toMatchObject({ seconds: 20 });
    expect(fixture.provider.hangUps()).toEqual([rtcCallId, next]);
    expect(await leftToday(user)).toBe(2400 - 20);
  });

  test('gets no other secret once its user is to be relayed', async () => {
    const user = member();
    const { callId } = await openAndConnect(user);
    await expect(resume({ ...user, role: 'guest' }, callId)).rejects.toEqual(refusedWith('not_resumable'));
    expect(fixture.provider.hangUps()).toEqual([]);
    await expect(resume(user, callId)).resolves.toMatchObject({ callId });
  });

  test('whose connection was never reported cannot be resumed', async () => {
    const user = member();
    const { callId } = await open(user);
    await expect(resume(user, callId)).rejects.toEqual(refusedWith('not_resumable'));
  });

  test('keeps its old connection if the provider returns no new secret', async () => {
    const user = member();
    const { callId, rtcCallId } = await openAndConnect(user);
    passSeconds(90);
    fixture.provider.next.mint = { status: 500, body: '' };
    await expect(resume(user, callId)).rejects.toEqual(refusedWith('provider_failed'));
    fixture.provider.next.mint = MINTED;
    expect(await readCall(callId)).toMatchObject({ state: 'connected', rtcCallId, resumes: 0 });
    expect(await end(user, callId)).toMatchObject({ seconds: 90 });
  });
});

describe('a dropped relayed call', () => {
  test('gets another ticket, and the old one is void', async () => {
    const { user, callId, rtcCallId } = await relayed();
    passSeconds(30);
    const ticket = await resume(user, callId);
    expect(ticket.callUrl).toBe(`${ORIGIN}/api/voice/calls/${callId}/sdp`);
    expect(fixture.provider.hangUps()).toEqual([rtcCallId]);
    await relayOffer(user, callId, ticket.secret.value, OFFER);
    expect((await readCall(callId))?.rtcCallId).not.toBe(rtcCallId);
    passSeconds(15);
    expect(await end(user, callId)).toMatchObject({ seconds: 45 });
  });

  test('that was resumed and never connected again costs the time until its end', async () => {
    const { user, callId } = await relayed();
    passSeconds(30);
    await resume(user, callId);
    expect(await end(user, callId)).toMatchObject({ seconds: 30 });
  });

  test('whose next connection fails at the provider may be resumed once more', async () => {
    const { user, callId } = await relayed();
    passSeconds(30);
    const failing = await resume(user, callId);
    fixture.provider.next.calls = { status: 500, body: 'oops' };
    await expect(relayOffer(user, callId, failing.secret.value, OFFER)).rejects.toEqual(
      refusedWith('provider_failed'),
    );
    fixture.provider.next.calls = null;
    const ticket = await resume(user, callId);
    await relayOffer(user, callId, ticket.secret.value, OFFER);
    expect(await readCall(callId)).toMatchObject({ state: 'connected' });
    passSeconds(15);
    expect(await end(user, callId)).toMatchObject({ seconds: 45 });
  });

  test('is resumed while its first offer is under way: only the later one connects', async () => {
    const user = visitor();
    const ticket = await open(user);
    let second: Awaited<ReturnType<typeof resume>> | undefined;
    fixture.provider.next.whileAnswering = async () => {
      fixture.provider.next.whileAnswering = async () => undefined;
      second = await resume(user, ticket.callId);
    };
    await expect(relayOffer(user, ticket.callId, ticket.secret.value, OFFER)).rejects.toEqual(
      refusedWith('bad_request'),
    );
    expect(fixture.provider.hangUps()).toHaveLength(1);
    expect(await readCall(ticket.callId)).toMatchObject({ state: 'open' });
    await relayOffer(user, ticket.callId, second?.secret.value ?? '', OFFER);
    expect(await readCall(ticket.callId)).toMatchObject({ state: 'connected' });
  });
});

describe.each(['direct', 'relayed'])('a %s call in a tunnel', (mode) => {
  test('keeps its place and its deadline, and the minute is charged once', async () => {
    const user = mode === 'direct' ? member() : visitor();
    const { callId } = await (mode === 'direct' ? openAndConnect(user) : relayed(user));
    const before = await leftToday(user);
    passSeconds(30);
    // Nobody says a word to the server for a minute.
    passSeconds(60);
    await reapAll(Date.now() + 1000);
    expect(await readCall(callId)).toMatchObject({ state: 'connected' });
    await expect(open(user)).rejects.toEqual(refusedWith('already_in_call'));
    const ticket = await resume(user, callId);
    expect(ticket.callSeconds).toBe(300 - 90);
    expect(await leftToday(user)).toBe(before);
    if (mode === 'direct') await connectCall({ userId: user.id, callId, rtcCallId: newConnection() });
    else await relayOffer(user, callId, ticket.secret.value, OFFER);
    passSeconds(10);
    expect(await end(user, callId)).toMatchObject({ seconds: 100, secondsLeftToday: before + 300 - 100 });
  });
});

describe('any call', () => {
  test('is resumed three times at most, and once more for every 20 seconds', async () => {
    const { user, callId } = await relayed();
    for (let i = 0; i < 3; i += 1) await resume(user, callId);
    await expect(resume(user, callId)).rejects.toEqual(refusedWith('not_resumable'));
    passSeconds(19);
    await expect(resume(user, callId)).rejects.toEqual(refusedWith('not_resumable'));
    passSeconds(1);
    await resume(user, callId);
    await expect(resume(user, callId)).rejects.toEqual(refusedWith('not_resumable'));
  });

  test('is resumed three times in all while each old connection is younger than 10 s and unknown to the provider', async () => {
    const user = member();
    const { callId } = await openAndConnect(user);
    fixture.provider.next.hangUp = { status: 404, body: '{}' };
    const connectAndResume = async (seconds: number) => {
      await connectCall({ userId: user.id, callId, rtcCallId: newConnection() });
      passSeconds(seconds);
      return resume(user, callId);
    };
    passSeconds(100);
    await resume(user, callId);
    await connectAndResume(9);
    await connectAndResume(9);
    await expect(connectAndResume(9)).rejects.toEqual(refusedWith('not_resumable'));
    passSeconds(1);
    await resume(user, callId);
    fixture.provider.next.hangUp = HUNG_UP;
    await connectAndResume(1);
  });

  test('of five resumes at once, one wins', async () => {
    const user = member();
    const { callId } = await openAndConnect(user);
    const tries = await Promise.allSettled(Array.from({ length: 5 }, () => resume(user, callId)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await readCall(callId)).toMatchObject({ state: 'open', resumes: 1 });
  });

  test('is not resumed while the old connection may still be talking', async () => {
    const { user, callId } = await relayed();
    fixture.provider.next.hangUp = { status: 500, body: '' };
    await expect(resume(user, callId)).rejects.toEqual(refusedWith('provider_failed'));
    expect(await readCall(callId)).toMatchObject({ state: 'connected', resumes: 0 });
  });

  test('of another user, ended or overdue, is not resumed', async () => {
    const { user, callId } = await relayed();
    await expect(resume(visitor(), callId)).rejects.toEqual(refusedWith('call_not_found'));
    passSeconds(300);
    await expect(resume(user, callId)).rejects.toEqual(refusedWith('call_ended'));
    expect(await readCall(callId)).toMatchObject({ state: 'ended', reason: 'time_limit' });
    await expect(resume(user, callId)).rejects.toEqual(refusedWith('call_ended'));
  });

  test('that was resumed still ends at its first deadline', async () => {
    const { user, callId } = await relayed();
    passSeconds(299);
    const ticket = await resume(user, callId);
    await relayOffer(user, callId, ticket.secret.value, OFFER);
    passSeconds(1);
    await reapAll(Date.now() + 1000);
    expect(await readCall(callId)).toMatchObject({
      state: 'ended',
      reason: 'time_limit',
      chargedSeconds: 300,
    });
  });
});

test('of two take-overs at once, one gets the call, the other is refused, and the first call is settled', async () => {
  const user = member();
  const first = await openAndConnect(user);
  passSeconds(30);
  const tries = await Promise.allSettled([
    openWith(user, { takeOver: true }),
    openWith(user, { takeOver: true }),
  ]);
  const [lost] = tries.filter((result) => result.status === 'rejected');
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(lost?.reason).toEqual(refusedWith('already_in_call'));
  expect(await readCall(first.callId)).toMatchObject({ reason: 'replaced', chargedSeconds: 30 });
  expect(await leftToday(user)).toBe(2400 - 30 - 300);
});
