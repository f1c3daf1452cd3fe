import { startRedis } from '@parley/redis-sandbox';
import { describe, expect, test } from 'vitest';
import type { User } from '@/lib/server/auth/user';
import { connectCall } from '@/lib/server/calls/connect-call';
import { resumeCall } from '@/lib/server/calls/resume-call';
import { reapAll } from '@/lib/server/endings/reap';
import { keyedHash } from '@/lib/server/platform/keyed-hash';
import { readCall } from '@/lib/server/records/stored-call';
import { getRedis } from '@/lib/server/store/redis';
import { storeKeys } from '@/lib/server/store/store-keys';
import { listHangUps, readSums } from '@/lib/server/testing/books';
import {
  createCallFixture,
  dial,
  end,
  eventually,
  leftToday,
  newConnection,
  ORIGIN,
  open,
  openWith,
  passSeconds,
  refusedWith,
  visitor,
} from '@/lib/server/testing/call-fixture';
import { ANSWER_SDP } from '@/lib/server/testing/fake-openai';
import { OFFER } from '@/lib/server/testing/sdp-fixtures';

const fixture = createCallFixture(startRedis, { VOICE_CONNECT: 'relay', VOICE_CALLS_PER_MINUTE: '100' });

const offersMade = () => fixture.provider.requests.filter(({ path }) => path.endsWith('/realtime/calls'));

describe('the ticket', () => {
  test('leads to our own route, without a request to the provider', async () => {
    const user = visitor();
    const ticket = await open(user);
    expect(ticket.callUrl).toBe(`${ORIGIN}/api/voice/calls/${ticket.callId}/sdp`);
    expect(ticket.secret.value).toMatch(/^ek_[\w-]{43}$/);
    expect(Date.parse(ticket.secret.expiresAt)).toBe(Date.now() + 60_000);
    expect(fixture.provider.requests).toEqual([]);
  });

  test('costs one request to the database, warm', async () => {
    await reapAll(Date.now() + 1000);
    await open(visitor());
    expect(await fixture.countRequests(() => open(visitor()))).toEqual({ redis: 1, provider: 0 });
  });

  test('is not stored in the database', async () => {
    const { callId, secret } = await open(visitor());
    const stored = await getRedis().hgetall(storeKeys.call(callId));
    expect(stored).toHaveProperty('ticketHash');
    expect(JSON.stringify(stored)).not.toContain(secret.value.slice(3));
  });

  test('is used once: of 20 requests at once, one gets an SDP answer', async () => {
    const user = visitor();
    const ticket = await open(user);
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => dial(user, ticket)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(offersMade()).toHaveLength(1);
    for (const result of tries) {
      if (result.status === 'rejected') expect(result.reason).toEqual(refusedWith('ticket_refused'));
    }
    await expect(dial(user, ticket)).rejects.toEqual(refusedWith('ticket_refused'));
  });

  test('expires', async () => {
    const user = visitor();
    const ticket = await open(user);
    passSeconds(60);
    await expect(dial(user, ticket)).rejects.toEqual(refusedWith('ticket_refused'));
    expect(offersMade()).toEqual([]);
  });

  test('is valid for its own call and user only', async () => {
    const [user, other] = [visitor(), visitor()];
    const [ticket, foreign] = [await open(user), await open(other)];
    await expect(dial(user, { ...ticket, secret: foreign.secret })).rejects.toEqual(
      refusedWith('ticket_refused'),
    );
    await expect(dial(other, ticket)).rejects.toEqual(refusedWith('call_not_found'));
    await expect(dial(user, { ...ticket, secret: { value: 'ek_guess' } })).rejects.toEqual(
      refusedWith('ticket_refused'),
    );
    expect(offersMade()).toEqual([]);
    await expect(dial(user, ticket)).resolves.toBe(ANSWER_SDP);
  });

  test('of an ended call opens nothing', async () => {
    const user = visitor();
    const ticket = await open(user);
    await end(user, ticket.callId);
    await expect(dial(user, ticket)).rejects.toEqual(refusedWith('call_ended'));
    expect(offersMade()).toEqual([]);
  });
});

describe('an offer that comes with the request for the ticket', () => {
  const openWithOffer = (user: User, offer = OFFER) => openWith(user, { offer });

  test('is answered in the same response, and the ticket is used up', async () => {
    const user = visitor();
    const ticket = await openWithOffer(user);
    expect(ticket.answer).toBe(ANSWER_SDP);
    expect(offersMade()).toMatchObject([{ body: { sdp: OFFER, session: { type: 'realtime' } } }]);
    const call = await readCall(ticket.callId);
    expect(call).toMatchObject({ state: 'connected', connect: 'relay' });
    await expect(dial(user, ticket)).rejects.toEqual(refusedWith('ticket_refused'));
    passSeconds(20);
    expect(await end(user, ticket.callId)).toMatchObject({ seconds: 20 });
    expect(fixture.provider.hangUps()).toEqual([call?.rtcCallId]);
  });

  test('that the provider refuses costs nothing, and leaves room for the next call', async () => {
    const user = visitor();
    fixture.provider.next.calls = { status: 500, body: '{}' };
    await expect(openWithOffer(user)).rejects.toEqual(refusedWith('provider_failed'));
    expect(await leftToday(user)).toBe(1800);
    fixture.provider.next.calls = null;
    const { callId, answer } = await openWithOffer(user);
    expect(answer).toBe(ANSWER_SDP);
    await end(user, callId);
  });

  test('that is no offer is refused before anything is reserved', async () => {
    const user = visitor();
    const requests = await fixture.countRequests(() =>
      expect(openWithOffer(user, 'v=0\r\n')).rejects.toEqual(refusedWith('bad_request')),
    );
    expect(requests).toEqual({ redis: 0, provider: 0 });
  });
});

describe('the call', () => {
  test('is opened with our key, our policy and a substitute for the user’s id, and its own id is stored', async () => {
    const user = visitor();
    const ticket = await open(user);
    expect(await dial(user, ticket)).toBe(ANSWER_SDP);
    const [offer] = offersMade();
    expect(offer?.headers).toMatchObject({
      authorization: 'Bearer sk-server-key',
      'openai-safety-identifier': keyedHash('safety-identifier', user.id),
    });
    expect(offer?.body).toMatchObject({
      sdp: OFFER,
      session: { type: 'realtime', model: 'gpt-realtime-2.1-mini', tool_choice: 'auto' },
    });
    const call = await readCall(ticket.callId);
    expect(call).toMatchObject({ state: 'connected', connect: 'relay' });
    passSeconds(20);
    expect(await end(user, ticket.callId)).toMatchObject({ seconds: 20 });
    expect(fixture.provider.hangUps()).toEqual([call?.rtcCallId]);
  });

  test('that ended on its own costs the time talked, however short', async () => {
    const user = visitor();
    const ticket = await open(user);
    await dial(user, ticket);
    fixture.provider.next.hangUp = { status: 404, body: '{"error":{"code":"call_id_not_found"}}' };
    passSeconds(3);
    expect(await end(user, ticket.callId)).toMatchObject({ seconds: 3 });
  });

  test('that a newer version stored is dialled, with the options that this one knows', async () => {
    const user = visitor();
    const ticket = await open(user);
    const options = JSON.stringify({ pace: 'patient', mood: 'sunny' });
    await getRedis().hset(storeKeys.call(ticket.callId), { options });
    expect(await dial(user, ticket)).toBe(ANSWER_SDP);
  });

  test('that nobody dialled costs the seconds in which it held room from others, and the site nothing', async () => {
    const user = visitor();
    const { callId } = await open(user);
    passSeconds(40);
    expect(await end(user, callId)).toMatchObject({ seconds: 40, secondsLeftToday: 1760 });
    expect(await readSums('site')).toMatchObject({ spent: 0 });
  });

  test('that never connected costs the site nothing after a resume either', async () => {
    const user = visitor();
    const { callId } = await open(user);
    passSeconds(30);
    await resumeCall(user, callId, ORIGIN);
    passSeconds(10);
    expect(await end(user, callId)).toMatchObject({ seconds: 40, secondsLeftToday: 1760 });
    expect(await readSums('site')).toEqual({ spent: 0, held: 0 });
  });

  test('that never connected ends when its dial fails, resumed or not, and is charged the time in which it held room', async () => {
    const user = visitor();
    const { callId } = await open(user);
    passSeconds(30);
    const { secret } = await resumeCall(user, callId, ORIGIN);
    passSeconds(10);
    fixture.provider.next.calls = { status: 500, body: '{}' };
    await expect(dial(user, { callId, secret })).rejects.toEqual(refusedWith('provider_failed'));
    expect(await readCall(callId)).toMatchObject({
      state: 'ended',
      reason: 'setup_failed',
      chargedSeconds: 40,
      chargedMicroUsd: 0,
    });
  });

  test('is known to us alone: a connection cannot be reported for it', async () => {
    const user = visitor();
    const ticket = await open(user);
    await expect(
      connectCall({ userId: user.id, callId: ticket.callId, rtcCallId: newConnection() }),
    ).rejects.toEqual(refusedWith('bad_request'));
    await dial(user, ticket);
    await expect(
      connectCall({ userId: user.id, callId: ticket.callId, rtcCallId: newConnection() }),
    ).rejects.toEqual(refusedWith('bad_request'));
  });

  test('that ends while the provider responds is hung up, costs nothing, and gets no SDP answer', async () => {
    const user = visitor();
    const ticket = await open(user);
    fixture.provider.next.whileAnswering = () => end(user, ticket.callId);
    await expect(dial(user, ticket)).rejects.toEqual(refusedWith('call_ended'));
    expect(fixture.provider.hangUps().length).toBeGreaterThan(0);
    expect(await leftToday(user)).toBe(1800);
    await eventually(async () => expect(await listHangUps()).toEqual([]));
  });

  test('that ends just as its id is stored is hung up and settled, whichever comes first', async () => {
    for (let i = 0; i < 10; i += 1) {
      const user = visitor();
      const ticket = await open(user);
      const [answer] = await Promise.allSettled([dial(user, ticket), end(user, ticket.callId)]);
      expect(await readCall(ticket.callId)).toMatchObject({ state: 'ended', chargedSeconds: 0 });
      const made = offersMade().length;
      expect(new Set(fixture.provider.hangUps()).size).toBe(made);
      if (answer.status === 'rejected') expect(answer.reason).toEqual(refusedWith('call_ended'));
      fixture.provider.reset();
    }
  });

  test('that is dialled at its deadline is ended', async () => {
    const user = visitor();
    const ticket = await open(user);
    fixture.provider.next.whileAnswering = async () => passSeconds(300);
    await expect(dial(user, ticket)).rejects.toEqual(refusedWith('call_ended'));
    expect(await readCall(ticket.callId)).toMatchObject({ state: 'ended', reason: 'time_limit' });
  });

  test('whose id cannot be stored is hung up', async () => {
    const user = visitor();
    const ticket = await open(user);
    const location = `/v1/realtime/calls/${newConnection()}`;
    fixture.provider.next.calls = { status: 201, body: ANSWER_SDP, location };
    fixture.provider.next.whileAnswering = () =>
      getRedis().hset(storeKeys.call(ticket.callId), { rtcCallId: 'rtc_of_another_dial' });
    await expect(dial(user, ticket)).rejects.toEqual(refusedWith('bad_request'));
    expect(fixture.provider.hangUps()).toContain(location.split('/').at(-1));
    expect(await leftToday(user)).toBe(1800);
  });
});
