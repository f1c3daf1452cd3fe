import { describe, expect, test } from 'vitest';
import { signInError } from '@/app/login/sign-in-error';
import { SIGN_IN_REFUSALS } from '@/lib/shared/sign-in-refusal';
import { explainAttempt, noteCause } from './attempt';
import { readSignInCause, SIGN_IN_CAUSES } from './cause';

test.each<[string, string]>([
  ['access_denied', 'denied_by_provider'],
  ['access_denied (The resource owner denied the request.)', 'denied_by_provider'],
  ['invalid_grant (grant request is invalid)', 'code_refused'],
  ['invalid_client (client authentication failed)', 'client_refused'],
  ['server_error', 'provider_failed'],
  ['expected 200 OK, got: 502 Bad Gateway', 'provider_failed'],
  ['expected 200 OK, got: 404 Not Found', 'no_discovery'],
  ['outgoing request timed out after 3500ms', 'provider_unreachable'],
  ['State cookie was missing.', 'round_trip_lost'],
  ['state mismatch, expected a, got: b', 'round_trip_lost'],
  ['nonce mismatch, expected a, got: b', 'wrong_nonce'],
  ['aud mismatch, expected parley, got: other', 'wrong_audience'],
  ['unexpected iss value, expected a, got: b', 'wrong_issuer'],
  ['unexpected JWT alg received, expected RS256, got: none', 'wrong_algorithm'],
  ['failed to validate JWT signature', 'wrong_signature'],
  ['JWT expired, now 2, exp 1', 'wrong_time'],
  ['constructor', 'unknown'],
  ['something else', 'unknown'],
])('%s: %s', (message, cause) => {
  expect(readSignInCause(new Error(message))).toBe(cause);
});

test.each<[string, string]>([
  ['ECONNREFUSED', 'provider_unreachable'],
  ['ENOTFOUND', 'provider_unreachable'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'provider_untrusted'],
])('the network’s code %s: %s', (code, cause) => {
  expect(readSignInCause(Object.assign(new Error('x'), { code }))).toBe(cause);
});

test('every cause leads to a refusal, and every refusal has a sentence of its own', () => {
  const generic = signInError('no such code');
  const sentences = SIGN_IN_REFUSALS.map((refusal) => signInError(refusal));
  expect(new Set([...sentences, generic]).size).toBe(SIGN_IN_REFUSALS.length + 1);
  for (const { refusal, note } of Object.values(SIGN_IN_CAUSES)) {
    expect(SIGN_IN_REFUSALS).toContain(refusal);
    expect(note).toMatch(/\.$/);
  }
});

describe('the redirect after a failure', () => {
  const redirect = (location: string) => async () => {
    noteCause('wrong_audience');
    noteCause('unknown');
    const headers = new Headers({ location });
    headers.append('set-cookie', 'state=; Max-Age=0');
    headers.append('set-cookie', 'nonce=; Max-Age=0');
    return new Response(null, { status: 302, headers });
  };

  test('tells the visitor what the first error knew, and keeps the cookies that are cleared', async () => {
    const response = await explainAttempt(redirect('http://app.test/api/auth/error?error=OAuthCallback'));
    expect(response.headers.get('location')).toBe('/login?error=AnswerRefused');
    expect(response.headers.getSetCookie()).toHaveLength(2);
  });

  test('is left alone where the sign-in worked', async () => {
    const response = await explainAttempt(redirect('http://app.test/calls'));
    expect(response.headers.get('location')).toBe('http://app.test/calls');
  });

  test('of one request does not reach another', async () => {
    await explainAttempt(redirect('http://app.test/api/auth/error?error=OAuthCallback'));
    const other = async () =>
      new Response(null, {
        status: 302,
        headers: { location: 'http://app.test/api/auth/error?error=Other' },
      });
    expect((await explainAttempt(other)).headers.get('location')).toContain('error=Other');
  });
});
