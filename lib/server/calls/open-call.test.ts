import { randomUUID } from 'node:crypto';
import { startRedis } from '@parley/redis-sandbox';
import { describe, expect, test, vi } from 'vitest';
import { openCall } from '@/lib/server/calls/open-call';
import { reapAll } from '@/lib/server/endings/reap';
import { findOpenCall } from '@/lib/server/money/ledger';
import { utcDay } from '@/lib/server/money/utc-day';
import type { AppError } from '@/lib/server/platform/app-error';
import { keyedHash } from '@/lib/server/platform/keyed-hash';
import { readCall } from '@/lib/server/records/stored-call';
import { getRedis } from '@/lib/server/store/redis';
import { storeKeys } from '@/lib/server/store/store-keys';
import { setSpent } from '@/lib/server/testing/books';
import {
  createCallFixture,
  end,
  eventually,
  leftToday,
  open,
  openAndConnect,
  openWith,
  passSeconds,
  refusedWith,
  visitor,
} from '@/lib/server/testing/call-fixture';
import type { ErrorCode } from '@/lib/shared/errors';
import type { ProviderCause } from '@/lib/shared/provider-cause';

const fixture = createCallFixture(startRedis);

describe('opening', () => {
  test('returns a ticket, and mints with the policy, the lifetime and a substitute for the user’s id', async () => {
    const user = visitor();
    const ticket = await open(user);
    expect(ticket).toMatchObject({
      secret: { value: 'ek_test', expiresAt: '2030-03-17T17:46:40.000Z' },
      callUrl: `${fixture.provider.baseUrl}/realtime/calls`,
      agent: { name: 'ada', title: 'Ada' },
      deadline: new Date(Date.now() + 300_000).toISOString(),
      callSeconds: 300,
      greets: true,
    });
    expect(ticket.tools.map(({ name }) => name)).toContain('echo_with_approval');
    const [mint] = fixture.provider.requests;
    expect(mint?.path).toBe('/v1/realtime/client_secrets');
    expect(mint?.headers).toMatchObject({
      authorization: 'Bearer sk-server-key',
      'openai-safety-identifier': keyedHash('safety-identifier', user.id),
    });
    expect(mint?.headers['openai-safety-identifier']).not.toContain(user.id);
    expect(mint?.body).toMatchObject({
      expires_after: { anchor: 'created_at', seconds: 60 },
      session: { type: 'realtime', model: 'gpt-realtime-2.1-mini' },
    });
  });

  test('the provider knows a guest by the network, so that clearing cookies does not make a new one', async () => {
    const known = async (network: string) => {
      fixture.provider.reset();
      const user = visitor({ network });
      await open(user);
      const identifier = fixture.provider.requests[0]?.headers['openai-safety-identifier'];
      return { identifier, own: keyedHash('safety-identifier', user.id) };
    };
    const [one, other] = [await known('network-1'), await known('network-1')];
    expect(one.identifier).toBe(other.identifier);
    expect(one.identifier).not.toBe(one.own);
    // All guests whose address is unknown share a network. One of them must not get the others blocked.
    const nobody = await known(keyedHash('client-network', 'unknown'));
    expect(nobody.identifier).toBe(nobody.own);
  });

  test('a visit from another machine gets no address of this one: a provider that is only here is relayed', async () => {
    const input = { takeOver: false, options: {} };
    const { callUrl } = await openCall(visitor(), input, {
      origin: 'https://192.168.1.5:3443',
      requestKey: null,
    });
    expect(callUrl).toMatch(/^https:\/\/192\.168\.1\.5:3443\/api\/voice\/calls\//);
    expect(fixture.provider.requests).toEqual([]);
  });

  test('in direct mode an offer is the browser’s own affair', async () => {
    const ticket = await openWith(visitor(), { offer: 'v=0' });
    expect(ticket).not.toHaveProperty('answer');
    expect(fixture.provider.requests.map(({ path }) => path)).toEqual(['/v1/realtime/client_secrets']);
  });

  test('a secret does not outlive its call', async () => {
    const user = visitor();
    await setSpent(user.id, 1780);
    expect(await open(user)).toMatchObject({ callSeconds: 20 });
    expect(fixture.provider.requests[0]?.body).toMatchObject({ expires_after: { seconds: 20 } });
  });

  test('costs one request to the database and one to the provider, once warm', async () => {
    await reapAll(Date.now() + 1000);
    await open(visitor());
    expect(await fixture.countRequests(() => open(visitor()))).toEqual({ redis: 1, provider: 1 });
    const guest = visitor({ network: 'somewhere' });
    expect(await fixture.countRequests(() => open(guest))).toEqual({ redis: 1, provider: 1 });
  });

  test('an unknown agent and a closed one are distinguished, and cost nothing', async () => {
    const requests = await fixture.countRequests(async () => {
      const user = visitor();
      await expect(openWith(user, { agent: 'nobody' })).rejects.toEqual(refusedWith('unknown_agent'));
    });
    expect(requests).toEqual({ redis: 0, provider: 0 });
  });

  test.each<[string, number, string, ErrorCode, ProviderCause]>([
    [
      'a wrong key',
      401,
      '{"error":{"message":"Incorrect API key sk-server-key"}}',
      'provider_refused',
      'key_refused',
    ],
    [
      'a restricted key',
      401,
      '{"error":{"message":"Missing scopes: api.model.request"}}',
      'provider_refused',
      'key_restricted',
    ],
    ['no permission', 403, '{}', 'provider_refused', 'key_restricted'],
    ['a rate limit', 429, '{"error":{"code":"rate_limit_exceeded"}}', 'provider_busy', 'rate_limit'],
    ['no credit', 429, '{"error":{"code":"insufficient_quota"}}', 'provider_refused', 'no_credit'],
    ['a spending limit', 429, '{"error":{"type":"insufficient_quota"}}', 'provider_refused', 'no_credit'],
    ['an unknown model', 404, '{"error":{"code":"model_not_found"}}', 'provider_refused', 'model_refused'],
    [
      'an unknown voice',
      400,
      '{"error":{"code":"invalid_value","param":"session.audio.output.voice"}}',
      'provider_refused',
      'voice_refused',
    ],
    [
      'a setting that it does not know',
      400,
      '{"error":{"code":"unknown_parameter","param":"session.truncation"}}',
      'provider_refused',
      'setting_refused',
    ],
    ['an unknown address', 404, '{}', 'provider_refused', 'address_unknown'],
    ['overload', 503, '{}', 'provider_busy', 'overloaded'],
    ['a failure', 500, 'oops', 'provider_failed', 'outage'],
    ['nonsense', 200, '<html>', 'provider_failed', 'unreadable'],
    ['an empty object', 200, '{}', 'provider_failed', 'unreadable'],
    ['no secret in it', 200, '{"value":"","expires_at":"soon"}', 'provider_failed', 'unreadable'],
  ])(
    '%s of the provider releases everything, and its cause is kept',
    async (_, status, body, code, cause) => {
      const user = visitor();
      fixture.provider.next.mint = { status, body };
      const refusal = await open(user).catch((error: unknown) => error);
      expect(refusal).toMatchObject({ code, providerCause: cause });
      // No countdown where waiting cannot help.
      expect((refusal as AppError).retryAfterSeconds).toBe(code === 'provider_busy' ? 10 : undefined);
      expect(await leftToday(user)).toBe(1800);
      expect(await findOpenCall(user.id, Date.now())).toBeNull();
      fixture.provider.reset();
      await expect(open(user)).resolves.toMatchObject({ callSeconds: 300 });
    },
  );

  test('a failed mint releases everything, even if the database is away at that moment', async () => {
    const user = visitor();
    let mend = () => {};
    fixture.provider.next.mint = { status: 500, body: '' };
    fixture.provider.next.whileMinting = async () => {
      mend = fixture.cutDatabase();
    };
    await expect(open(user)).rejects.toEqual(refusedWith('provider_failed'));
    expect(await fixture.redis.hget(storeKeys.books(utcDay(Date.now())), `${user.id}:held`)).toBe(300);
    mend();
    await eventually(async () => expect(await leftToday(user)).toBe(1800));
    expect(await findOpenCall(user.id, Date.now())).toBeNull();
  });

  test('a provider without a response is given up after six seconds', async () => {
    const user = visitor();
    fixture.provider.next.mint = 'hang';
    await expect(open(user)).rejects.toEqual(refusedWith('provider_timeout'));
    expect(await leftToday(user)).toBe(1800);
  });

  test('the sixth in a minute is refused with the time to wait, and holds nothing', async () => {
    const user = visitor();
    for (let i = 0; i < 5; i += 1) await end(user, (await open(user)).callId);
    const left = await leftToday(user);
    await expect(open(user)).rejects.toMatchObject({ code: 'rate_limited', retryAfterSeconds: 60 });
    expect(await leftToday(user)).toBe(left);
    expect(await findOpenCall(user.id, Date.now())).toBeNull();
  });

  test('guests of one network share its allowance', async () => {
    const network = randomUUID();
    for (let i = 0; i < 6; i += 1) {
      const { callId } = await open(visitor({ network }));
      expect(callId).toMatch(/^call_/);
    }
    await expect(open(visitor({ network }))).rejects.toMatchObject({
      code: 'network_busy',
      retryAfterSeconds: 300,
    });
  });
});

describe('one call at a time', () => {
  test('a second call is refused with the time until the first must end', async () => {
    const user = visitor();
    await open(user);
    passSeconds(100);
    await expect(open(user)).rejects.toMatchObject({ code: 'already_in_call', retryAfterSeconds: 200 });
  });

  test('taking over hangs up and settles the first', async () => {
    const user = visitor();
    const first = await openAndConnect(user);
    passSeconds(30);
    const second = await open(user, true);
    expect(fixture.provider.hangUps()).toEqual([first.rtcCallId]);
    expect(await readCall(first.callId)).toMatchObject({
      state: 'ended',
      reason: 'replaced',
      chargedSeconds: 30,
    });
    expect(await readCall(second.callId)).toMatchObject({ state: 'open' });
    expect(await leftToday(user)).toBe(1800 - 30 - 300);
  });

  test('taking over across midnight counts on the new day', async () => {
    vi.setSystemTime(Date.UTC(2032, 0, 31, 23, 59, 58));
    const user = visitor();
    await openAndConnect(user);
    fixture.provider.next.whileHangingUp = async () => passSeconds(5);
    const { callId } = await open(user, true);
    expect(await readCall(callId)).toMatchObject({ day: '2032-02-01' });
    expect(await leftToday(user)).toBe(1800 - 300);
    expect(await end(user, callId)).toMatchObject({ secondsLeftToday: 1800 - 300 });
  });

  test.each([false, true])(
    'a call that the database forgot does not lock its user out, taking over: %s',
    async (takeOver) => {
      const user = visitor();
      const { callId } = await open(user);
      await getRedis().del(storeKeys.call(callId));
      await expect(open(user, takeOver)).resolves.toMatchObject({ callSeconds: 300 });
      // Whether it talks is unknown, so what it held is spent.
      expect(await leftToday(user)).toBe(1800 - 300 - 300);
    },
  );

  test('a forgotten call whose time is up does not block a new one', async () => {
    const user = visitor();
    const first = await openAndConnect(user);
    passSeconds(301);
    await expect(open(user)).resolves.toMatchObject({ callSeconds: 300 });
    expect(await readCall(first.callId)).toMatchObject({ state: 'ended', reason: 'time_limit' });
  });
});
