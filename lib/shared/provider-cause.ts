/** The codes under which a failure of the provider reaches everybody. Only `provider_refused` is permanent. */
export type ProviderErrorCode =
  | 'offer_refused'
  | 'provider_refused'
  | 'provider_failed'
  | 'provider_busy'
  | 'provider_timeout';

interface CauseFacts {
  /** What everybody reads. It decides the status, and whether waiting helps. */
  code: ProviderErrorCode;
  /** Who can cure it. `provider`: it passes by itself. */
  curedBy: 'owner' | 'visitor' | 'provider';
  /** For the owner: what is wrong. */
  problem: string;
  /** For the owner: what to do. */
  cure: string;
}

/**
 * Every cause for which the provider refuses or fails, at the mint, at the offer and in a call. The closed list: what
 * the provider itself writes never travels. The browser gets this file, so it names no secret of the server.
 * `docs/error-codes.md` shows it, and `docs/testing/error-codes.test.ts` compares.
 */
export const PROVIDER_CAUSES = {
  key_refused: {
    code: 'provider_refused',
    curedBy: 'owner',
    problem: 'The voice service doesn’t accept the API key: it is wrong, incomplete or revoked.',
    cure: 'Give this site an API key that is active, then restart.',
  },
  key_restricted: {
    code: 'provider_refused',
    curedBy: 'owner',
    problem: 'The API key lacks a permission.',
    cure: 'Give the key the permission to use Realtime, or give this site a key that has it.',
  },
  secret_refused: {
    code: 'provider_refused',
    curedBy: 'owner',
    problem: 'The voice service doesn’t accept the short-lived secret that it issued a moment ago.',
    cure: 'Check that OPENAI_BASE_URL takes offers with such a secret, and this server’s clock. VOICE_CONNECT=relay needs no secret.',
  },
  no_credit: {
    code: 'provider_refused',
    curedBy: 'owner',
    problem: 'The account has no credit left, or has reached its spending limit.',
    cure: 'Add credit or raise the limit at the voice service. Waiting doesn’t help.',
  },
  model_refused: {
    code: 'provider_refused',
    curedBy: 'owner',
    problem: 'The model doesn’t exist, or this account may not use it.',
    cure: 'Set OPENAI_REALTIME_MODEL (for transcripts OPENAI_REALTIME_TRANSCRIPTION_MODEL) to a model that the key’s project may use.',
  },
  voice_refused: {
    code: 'provider_refused',
    curedBy: 'owner',
    problem: 'The voice service doesn’t know the voice.',
    cure: 'Set OPENAI_REALTIME_VOICE, or the agent’s own voice, to one that the model offers.',
  },
  setting_refused: {
    code: 'provider_refused',
    curedBy: 'owner',
    problem: 'The voice service doesn’t accept a setting of the call.',
    cure: 'The log names it as param. Change it under OPENAI_REALTIME_…, or leave it out with OPENAI_REALTIME_OMIT.',
  },
  country_refused: {
    code: 'provider_refused',
    curedBy: 'owner',
    problem: 'The voice service isn’t offered in the country that the request came from.',
    cure: 'Host this server in a supported country. With VOICE_CONNECT=relay the server’s country counts, not the visitor’s.',
  },
  address_unknown: {
    code: 'provider_refused',
    curedBy: 'owner',
    problem: 'There is no Realtime API at the address that is set.',
    cure: 'Check OPENAI_BASE_URL. It usually ends in /v1.',
  },
  call_id_missing: {
    code: 'provider_refused',
    curedBy: 'owner',
    problem: 'The voice service answered the offer without a call id, so nothing could ever hang up.',
    cure: 'The service has to send Location with its answer; in direct mode, it also has to let pages read it (CORS). See docs/other-providers.md.',
  },
  offer_refused: {
    code: 'offer_refused',
    curedBy: 'visitor',
    problem: 'The voice service doesn’t accept what the visitor’s browser offered.',
    cure: 'Try a current browser. If every browser fails, the service doesn’t support WebRTC as browsers do.',
  },
  rate_limit: {
    code: 'provider_busy',
    curedBy: 'provider',
    problem: 'The account has reached its rate limit for the moment.',
    cure: 'It passes. If it happens often, ask the voice service for a higher limit.',
  },
  overloaded: {
    code: 'provider_busy',
    curedBy: 'provider',
    problem: 'The voice service is overloaded.',
    cure: 'It passes. The status page of the voice service may say more.',
  },
  outage: {
    code: 'provider_failed',
    curedBy: 'provider',
    problem: 'The voice service failed.',
    cure: 'It usually passes. The status page of the voice service may say more.',
  },
  unreachable: {
    code: 'provider_failed',
    curedBy: 'provider',
    problem: 'The voice service could not be reached at all.',
    cure: 'Check OPENAI_BASE_URL, and that a firewall lets requests through. In direct mode, the service must allow requests from pages (CORS).',
  },
  unreadable: {
    code: 'provider_failed',
    curedBy: 'provider',
    problem: 'The voice service sent a response that makes no sense.',
    cure: 'Check that OPENAI_BASE_URL leads to the Realtime API, and not to a proxy’s error page.',
  },
  no_answer: {
    code: 'provider_timeout',
    curedBy: 'provider',
    problem: 'The voice service did not respond in time.',
    cure: 'It usually passes. If it doesn’t, check OPENAI_BASE_URL and this server’s connection.',
  },
} as const satisfies Record<string, CauseFacts>;

export type ProviderCause = keyof typeof PROVIDER_CAUSES;

export const isProviderCause = (value: unknown): value is ProviderCause =>
  typeof value === 'string' && Object.hasOwn(PROVIDER_CAUSES, value);

/** Returns whether waiting cannot help: somebody has to change something first. */
export const isPermanent = (cause: ProviderCause): boolean =>
  PROVIDER_CAUSES[cause].code === 'provider_refused';
