import { expect, test } from 'vitest';
import { isPermanent, PROVIDER_CAUSES, type ProviderCause } from '@/lib/shared/provider-cause';
import { type ProviderError, readEventCause, readRefusalCause } from '@/lib/shared/read-provider-cause';

test.each<[number, ProviderError, ProviderCause]>([
  [401, { code: 'invalid_api_key' }, 'key_refused'],
  [401, {}, 'key_refused'],
  [401, { message: 'You have insufficient permissions for this operation.' }, 'key_restricted'],
  [403, { message: 'Missing scopes: api.model.request' }, 'key_restricted'],
  [403, {}, 'key_restricted'],
  [401, { code: 'expired_client_secret' }, 'secret_refused'],
  [429, { code: 'insufficient_quota' }, 'no_credit'],
  [429, { code: null, type: 'insufficient_quota' }, 'no_credit'],
  [400, { code: 'billing_hard_limit_reached' }, 'no_credit'],
  [402, {}, 'no_credit'],
  [403, { code: 'model_not_found' }, 'model_refused'],
  [404, { code: 'model_not_found' }, 'model_refused'],
  [400, { code: 'invalid_value', param: 'session.model' }, 'model_refused'],
  [400, { code: 'invalid_value', param: 'session.audio.output.voice' }, 'voice_refused'],
  [400, { code: 'unknown_parameter', param: 'session.truncation' }, 'setting_refused'],
  [403, { code: 'unsupported_country_region_territory' }, 'country_refused'],
  [404, {}, 'address_unknown'],
  [405, {}, 'address_unknown'],
  [429, {}, 'rate_limit'],
  [429, { code: 'rate_limit_exceeded' }, 'rate_limit'],
  [503, { type: 'server_error' }, 'overloaded'],
  [500, {}, 'outage'],
  [502, { code: 42, type: {}, message: [] }, 'outage'],
  [400, { code: 'constructor' }, 'setting_refused'],
])('%i %j: %s', (status, error, cause) => expect(readRefusalCause(status, error, false)).toBe(cause));

test('400 to an offer is about the offer, unless it names a setting', () => {
  expect(readRefusalCause(400, {}, true)).toBe('offer_refused');
  expect(readRefusalCause(400, { param: 'sdp' }, true)).toBe('offer_refused');
  expect(readRefusalCause(400, { param: 'session.truncation' }, true)).toBe('setting_refused');
});

test('an event of a call has a cause only if it is about the account or the service', () => {
  expect(readEventCause({ type: 'insufficient_quota' })).toBe('no_credit');
  expect(readEventCause({ type: 'server_error' })).toBe('outage');
  expect(readEventCause({ type: 'invalid_request_error', code: 'invalid_value' })).toBeNull();
});

test('what only the owner can cure is permanent, and nothing else is', () => {
  for (const [cause, { curedBy }] of Object.entries(PROVIDER_CAUSES)) {
    expect([cause, isPermanent(cause as ProviderCause)]).toEqual([cause, curedBy === 'owner']);
  }
});
