import { startRedis } from '@parley/redis-sandbox';
import { describe, expect, test } from 'vitest';
import { readCall } from '@/lib/server/records/stored-call';
import {
  createCallFixture,
  dial,
  end,
  leftToday,
  newConnection,
  open,
  refusedWith,
  visitor,
} from '@/lib/server/testing/call-fixture';
import { ANSWER_SDP, type Behaviour } from '@/lib/server/testing/fake-openai';
import type { ErrorCode } from '@/lib/shared/errors';
import type { ProviderCause } from '@/lib/shared/provider-cause';

const fixture = createCallFixture(startRedis, { VOICE_CONNECT: 'relay', VOICE_CALLS_PER_MINUTE: '100' });

describe('trouble at the provider releases everything', () => {
  test.each<[string, Behaviour, ErrorCode, ProviderCause]>([
    [
      'a wrong key',
      { status: 401, body: '{"error":{"message":"sk-server-key"}}' },
      'provider_refused',
      'key_refused',
    ],
    ['no permission', { status: 403, body: '{}' }, 'provider_refused', 'key_restricted'],
    ['an unknown address', { status: 404, body: '{}' }, 'provider_refused', 'address_unknown'],
    [
      'a country without service, which is the server’s',
      { status: 403, body: '{"error":{"code":"unsupported_country_region_territory"}}' },
      'provider_refused',
      'country_refused',
    ],
    [
      'a bad offer',
      { status: 400, body: '{"error":{"code":"invalid_offer"}}' },
      'offer_refused',
      'offer_refused',
    ],
    ['a rate limit', { status: 429, body: '{}' }, 'provider_busy', 'rate_limit'],
    [
      'no credit',
      { status: 429, body: '{"error":{"code":"insufficient_quota"}}' },
      'provider_refused',
      'no_credit',
    ],
    ['a failure', { status: 500, body: 'oops' }, 'provider_failed', 'outage'],
    ['no id', { status: 201, body: ANSWER_SDP }, 'provider_refused', 'call_id_missing'],
    ['neither id nor SDP', { status: 201, body: '<oops>' }, 'provider_failed', 'unreadable'],
    [
      'an odd id',
      { status: 201, body: ANSWER_SDP, location: '/v1/realtime/calls/../x' },
      'provider_refused',
      'call_id_missing',
    ],
  ])('%s', async (_, behaviour, code, cause) => {
    const user = visitor();
    const ticket = await open(user);
    fixture.provider.next.calls = behaviour;
    await expect(dial(user, ticket)).rejects.toMatchObject({ code, providerCause: cause });
    expect(await leftToday(user)).toBe(1800);
    expect(await readCall(ticket.callId)).toMatchObject({ state: 'ended', reason: 'setup_failed' });
  });

  test('the call of another service is known by whatever id its Location has', async () => {
    const user = visitor();
    const ticket = await open(user);
    const location = 'https://gateway.test/v1/realtime/calls/sess-1A2b3C?region=eu';
    fixture.provider.next.calls = { status: 201, body: ANSWER_SDP, location };
    await expect(dial(user, ticket)).resolves.toBe(ANSWER_SDP);
    expect(await readCall(ticket.callId)).toMatchObject({ state: 'connected', rtcCallId: 'sess-1A2b3C' });
    await end(user, ticket.callId);
    expect(fixture.provider.hangUps()).toEqual(['sess-1A2b3C']);
  });

  test('a malformed SDP answer, and that call is hung up', async () => {
    const user = visitor();
    const ticket = await open(user);
    const rtcCallId = newConnection();
    fixture.provider.next.calls = {
      status: 201,
      body: '<oops>',
      location: `/v1/realtime/calls/${rtcCallId}`,
    };
    await expect(dial(user, ticket)).rejects.toEqual(refusedWith('provider_failed'));
    expect(fixture.provider.hangUps()).toEqual([rtcCallId]);
    expect(await leftToday(user)).toBe(1800);
  });

  test('no response within nine seconds', async () => {
    const user = visitor();
    const ticket = await open(user);
    fixture.provider.next.calls = 'hang';
    await expect(dial(user, ticket)).rejects.toEqual(refusedWith('provider_timeout'));
    expect(await leftToday(user)).toBe(1800);
  });
});
