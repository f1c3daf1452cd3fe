import 'server-only';
import type { Doubt } from '@/lib/server/auth/membership/allow-list';
import type { SignInRefusal } from '@/lib/shared/sign-in-refusal';

/** Why a sign-in did not work, as the owner reads it in the log. */
export type SignInCause =
  | Doubt
  | 'not_on_list'
  | 'provider_unreachable'
  | 'provider_untrusted'
  | 'provider_failed'
  | 'no_discovery'
  | 'denied_by_provider'
  | 'round_trip_lost'
  | 'code_refused'
  | 'client_refused'
  | 'wrong_issuer'
  | 'wrong_audience'
  | 'wrong_algorithm'
  | 'wrong_signature'
  | 'wrong_nonce'
  | 'wrong_time'
  | 'unusable_id'
  | 'unknown';

interface CauseFacts {
  /** What the visitor is told. */
  refusal: SignInRefusal;
  /** What it means, and what cures it. */
  note: string;
}

export const SIGN_IN_CAUSES: Readonly<Record<SignInCause, CauseFacts>> = {
  not_on_list: {
    refusal: 'AccessDenied',
    note: 'The account is not on the allow-list: AUTH_ALLOWED_… and AUTH_OIDC_ALLOWED_CLAIM. Addresses count only if the provider verified them.',
  },
  organisation_hidden: {
    refusal: 'OrganisationHidden',
    note: 'The organisation of AUTH_ALLOWED_GITHUB_ORG restricts OAuth apps. One of its owners has to approve this one, in its settings under "Third-party access".',
  },
  organisation_unknown: {
    refusal: 'OAuthCallback',
    note: 'GitHub did not say whether the account belongs to the organisation of AUTH_ALLOWED_GITHUB_ORG.',
  },
  groups_left_out: {
    refusal: 'GroupsLeftOut',
    note: 'The account is in too many groups, so the provider left them out of the token. At Microsoft, assign app roles and name the claim roles, or let the token hold the groups assigned to the application only.',
  },
  provider_unreachable: {
    refusal: 'OAuthSignin',
    note: 'The sign-in provider did not answer. Check AUTH_OIDC_ISSUER, and whether this server may reach it.',
  },
  provider_untrusted: {
    refusal: 'OAuthSignin',
    note: 'The certificate of the sign-in provider is not trusted here. If an authority of your company issued it, name its file in NODE_EXTRA_CA_CERTS.',
  },
  provider_failed: { refusal: 'OAuthCallback', note: 'The sign-in provider reported a failure of its own.' },
  no_discovery: {
    refusal: 'Configuration',
    note: 'There is no discovery document at AUTH_OIDC_ISSUER followed by /.well-known/openid-configuration. Check the address, tenant and realm included.',
  },
  denied_by_provider: {
    refusal: 'SignInDenied',
    note: 'The provider let nobody in: the person cancelled, or may not use this application there.',
  },
  round_trip_lost: {
    refusal: 'SignInStale',
    note: 'The answer does not belong to a sign-in that this browser began in the last 15 minutes.',
  },
  code_refused: {
    refusal: 'SignInUsed',
    note: 'The provider did not take its code back: it was used already or is too old, or the callback address differs.',
  },
  client_refused: {
    refusal: 'Configuration',
    note: 'The provider does not accept this application: check its id, its secret, the scopes and the callback address.',
  },
  wrong_issuer: {
    refusal: 'AnswerRefused',
    note: 'The provider calls itself by another name than AUTH_OIDC_ISSUER, which must be the issuer of its discovery document.',
  },
  wrong_audience: {
    refusal: 'AnswerRefused',
    note: 'The ID token is for another application than AUTH_OIDC_ID.',
  },
  wrong_algorithm: {
    refusal: 'AnswerRefused',
    note: 'The ID token is signed by another algorithm than AUTH_OIDC_ALG says.',
  },
  wrong_signature: {
    refusal: 'AnswerRefused',
    note: 'The signature of the ID token does not fit the keys of the provider.',
  },
  wrong_nonce: { refusal: 'AnswerRefused', note: 'The ID token is the answer to another sign-in.' },
  wrong_time: {
    refusal: 'AnswerRefused',
    note: 'The ID token is too old or not valid yet. Check the clock of this server.',
  },
  unusable_id: {
    refusal: 'AnswerRefused',
    note: 'The provider names the account by a sub that is no ASCII text without spaces of at most 255 characters.',
  },
  unknown: { refusal: 'OAuthCallback', note: 'The frames of the error say where it came from.' },
};

/** Codes of OAuth 2.0 and OpenID Connect: RFC 6749 sections 4.1.2.1 and 5.2, OpenID Connect Core section 3.1.2.6. */
const BY_OAUTH_CODE: Readonly<Record<string, SignInCause>> = {
  access_denied: 'denied_by_provider',
  consent_required: 'denied_by_provider',
  interaction_required: 'denied_by_provider',
  login_required: 'denied_by_provider',
  account_selection_required: 'denied_by_provider',
  invalid_grant: 'code_refused',
  invalid_client: 'client_refused',
  unauthorized_client: 'client_refused',
  invalid_request: 'client_refused',
  invalid_scope: 'client_refused',
  unsupported_response_type: 'client_refused',
  incorrect_client_credentials: 'client_refused',
  redirect_uri_mismatch: 'client_refused',
  bad_verification_code: 'code_refused',
  server_error: 'provider_failed',
  temporarily_unavailable: 'provider_failed',
};

/** How the messages of next-auth 4 and openid-client 5 begin. They hold values that must not be logged, so only the cause is. */
const BY_MESSAGE: readonly [RegExp, SignInCause][] = [
  [/^(state mismatch|state missing|checks\.state|iss missing)/, 'round_trip_lost'],
  [
    /^(State|PKCE code_verifier|Nonce) (cookie|value)|cookie was created for a different provider/,
    'round_trip_lost',
  ],
  [/^(iss mismatch|unexpected iss|discovered issuer mismatch)/, 'wrong_issuer'],
  [/^(aud |azp mismatch|missing required JWT property azp)/, 'wrong_audience'],
  [/^unexpected JWT alg/, 'wrong_algorithm'],
  [/^(failed to validate JWT signature|no valid key found|failed to decode JWT)/, 'wrong_signature'],
  [/^nonce mismatch/, 'wrong_nonce'],
  [/^(JWT expired|JWT not active)/, 'wrong_time'],
  [/^unusable sub|userinfo sub mismatch/, 'unusable_id'],
  [/^expected 200 OK, got: 404/, 'no_discovery'],
  [/^expected 200 OK, got: 5/, 'provider_failed'],
  [/timed out/, 'provider_unreachable'],
];

const UNTRUSTED = /^(CERT_|ERR_TLS|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/;
const UNREACHABLE = /^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE)/;

/** Returns why a sign-in did not work, from the error that next-auth reports. */
export function readSignInCause(error: unknown): SignInCause {
  if (!(error instanceof Error)) return 'unknown';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (UNTRUSTED.test(code)) return 'provider_untrusted';
  if (UNREACHABLE.test(code)) return 'provider_unreachable';
  const [word = ''] = error.message.split(' ');
  if (Object.hasOwn(BY_OAUTH_CODE, word)) return BY_OAUTH_CODE[word] ?? 'unknown';
  return BY_MESSAGE.find(([pattern]) => pattern.test(error.message))?.[1] ?? 'unknown';
}
