import { expect, it, vi } from 'vitest';
import type { Refusal } from '@/lib/client/state/call-state';
import { stopClock } from '@/lib/client/testing/clock';
import { createStoreWithFakes, untilPhase } from '@/lib/client/testing/fake-browser';
import { ticketFor } from '@/lib/client/testing/fake-network';
import { FakePeer } from '@/lib/client/testing/fake-peer';
import type { ProviderCause } from '@/lib/shared/provider-cause';

stopClock();

const relayed = (code: string, retryAfterSeconds?: number) => ({
  error: { code, message: 'Refused.', requestId: 'r', retryAfterSeconds },
});

it.each([
  [401, 'provider_refused'],
  [403, 'provider_refused'],
  [404, 'provider_refused'],
  [400, 'offer_refused'],
  [429, 'provider_busy'],
  [503, 'provider_busy'],
  [500, 'provider_failed'],
])('explains an offer refused with %i and gives the ticket back', async (status, code) => {
  const { store, network, microphone } = createStoreWithFakes();
  network.offer = () => new Response('{"error":{"message":"provider words"}}', { status });
  store.commands.start();
  const { phase } = await untilPhase(store, 'refused');
  expect(phase).toMatchObject({ code });
  expect(JSON.stringify(phase)).not.toContain('provider words');
  await vi.waitFor(() => expect(network.to('call_n1/end')).toHaveLength(1));
  expect(microphone.track.readyState).toBe('ended');
});

it.each([
  ['our relay, which says how long to wait', 503, relayed('provider_busy', 7), 'provider_busy', 7],
  ['our relay, whose call has ended', 409, relayed('call_ended'), 'call_ended', null],
  ['our relay, with a failure of the provider', 502, relayed('provider_failed'), 'provider_failed', null],
  ['a proxy, whose body is not JSON', 502, null, 'provider_failed', null],
])('reads the code of an offer refused by %s', async (_, status, body, code, waitSeconds) => {
  const { store, network } = createStoreWithFakes();
  network.offer = () => new Response(body === null ? '<html>' : JSON.stringify(body), { status });
  store.commands.start();
  const { phase } = await untilPhase(store, 'refused');
  const retryAtMs = waitSeconds === null ? null : Date.now() + waitSeconds * 1000;
  expect(phase).toMatchObject({ code, retryAtMs });
});

it.each<[string, number, object, Refusal['code'], ProviderCause]>([
  ['no credit', 429, { code: 'insufficient_quota' }, 'provider_refused', 'no_credit'],
  ['a spending limit', 429, { code: 'billing_hard_limit_reached' }, 'provider_refused', 'no_credit'],
  ['a model that the key may not use', 403, { code: 'model_not_found' }, 'provider_refused', 'model_refused'],
  ['an unknown model', 400, { code: 'invalid_model' }, 'provider_refused', 'model_refused'],
  ['an unknown voice', 400, { param: 'session.audio.output.voice' }, 'provider_refused', 'voice_refused'],
  ['a restricted key', 403, {}, 'provider_refused', 'key_restricted'],
  ['a wrong address', 404, {}, 'provider_refused', 'address_unknown'],
  [
    'the user’s country',
    403,
    { code: 'unsupported_country_region_territory' },
    'not_offered_here',
    'country_refused',
  ],
  ['a bad offer', 400, { code: 'invalid_offer' }, 'offer_refused', 'offer_refused'],
  ['a rate limit', 429, { code: 'rate_limit_exceeded' }, 'provider_busy', 'rate_limit'],
  ['an outage', 500, {}, 'provider_failed', 'outage'],
])('keeps why the provider refused, and reports it: %s', async (_, status, error, code, cause) => {
  const { store, network } = createStoreWithFakes();
  network.offer = () => Response.json({ error: { ...error, message: 'provider words' } }, { status });
  store.commands.start();
  expect((await untilPhase(store, 'refused')).phase).toMatchObject({ code, cause, retryAtMs: null });
  await vi.waitFor(() => expect(network.to('call_n1/end')).toHaveLength(1));
  expect(network.to('call_n1/end')[0]?.body).toEqual({ reason: 'setup_failed', cause });
  const offered = store.inspect.getState().requests.find(({ path }) => path === '/v1/realtime/calls');
  expect(offered).toMatchObject({ status, code: cause });
});

it('refuses a call without a name: nobody could end it', async () => {
  const { store, network, peer } = createStoreWithFakes();
  network.offer = () => new Response('v=0 answer', { status: 201 });
  store.commands.start();
  const { phase } = await untilPhase(store, 'refused');
  expect(phase).toMatchObject({ code: 'provider_refused', cause: 'call_id_missing' });
  await vi.waitFor(() => expect(peer().connectionState).toBe('closed'));
});

it('says that service and browser do not fit when the browser cannot use the answer, and tells a developer why', async () => {
  const { store, reported } = createStoreWithFakes();
  const why = new DOMException('No codec in common.', 'OperationError');
  vi.spyOn(FakePeer.prototype, 'setRemoteDescription').mockRejectedValueOnce(why);
  store.commands.start();
  const { phase } = await untilPhase(store, 'refused');
  expect(phase).toMatchObject({ code: 'offer_refused', cause: 'offer_refused' });
  expect(reported).toEqual([why]);
});

it('posts a secret of any form with the two headers that a strict service lets through', async () => {
  const { store, network } = createStoreWithFakes();
  const ticket = ticketFor('call_n1');
  const secret = { ...ticket.secret, value: 'vcst_other' };
  network.openCall = () => Response.json({ ...ticket, secret }, { status: 201 });
  store.commands.start();
  await untilPhase(store, 'live');
  expect(network.to('/v1/realtime/calls')[0]?.headers).toEqual({
    authorization: 'Bearer vcst_other',
    'content-type': 'application/sdp',
  });
});

it('renews a secret that is refused once, then says whose account it is', async () => {
  const { store, network } = createStoreWithFakes();
  network.offer = () => Response.json({ error: { code: 'invalid_api_key' } }, { status: 401 });
  store.commands.start();
  const { phase } = await untilPhase(store, 'refused');
  expect(phase).toMatchObject({ code: 'provider_refused', cause: 'secret_refused' });
  expect(network.to('/session')).toHaveLength(2);
});
