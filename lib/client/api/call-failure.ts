import type { MicrophoneProblem, Refusal } from '@/lib/client/state/call-state';
import type { EndReason } from '@/lib/shared/contract';
import type { ErrorBody } from '@/lib/shared/errors';
import { PROVIDER_CAUSES, type ProviderCause } from '@/lib/shared/provider-cause';

const MESSAGES = {
  network: 'We couldn’t reach the server. Check your connection and try again.',
  part_missing: 'A part of this page didn’t load. Check your connection and try again.',
  timeout: 'That took too long. Please try again.',
  no_way_through: 'Your network doesn’t let calls through. Please try another one.',
  provider_refused: 'The voice service refused this site. Its owner needs to check the account.',
  offer_refused: 'The voice service did not accept what this browser offered.',
  provider_busy: 'The voice service is busy. Please try again in a moment.',
  provider_failed: 'The voice service could not take the call. Please try again.',
  provider_timeout: 'The voice service did not answer in time. Please try again.',
  not_offered_here: 'The voice service isn’t offered in your country.',
  internal: 'Something went wrong on our side. Please try again.',
} satisfies Partial<Record<Refusal['code'], string>>;

/** A call could not be opened or connected, for a reason that the screen can show. */
export class CallFailure extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.name = 'CallFailure';
    this.refusal = refusal;
  }
}

/** The microphone could not be opened. */
export class MicrophoneFailure extends Error {
  readonly why: MicrophoneProblem;

  constructor(why: MicrophoneProblem) {
    super(`The microphone could not be opened: ${why}.`);
    this.name = 'MicrophoneFailure';
    this.why = why;
  }
}

/** Returns why the call is over, after a failure that no further attempt can change; `null` for any other. */
export function overReason(error: unknown): EndReason | null {
  switch (error instanceof CallFailure && error.refusal.code) {
    case 'unauthenticated':
      return 'signed_out';
    case 'call_ended':
    case 'call_not_found':
      return 'server_hangup';
    case 'provider_refused':
      return 'provider_refused';
    default:
      return null;
  }
}

/** Returns why the provider refused, if it did and our server, or the provider itself, said why. */
export const causeOf = (error: unknown): ProviderCause | null =>
  error instanceof CallFailure ? error.refusal.cause : null;

/** Returns a failure in one word, for developers: the provider's cause where it is known, otherwise our code. */
export const codeOf = (failure: CallFailure | null): string | null =>
  failure && (failure.refusal.cause ?? failure.refusal.code);

/** Returns a failure that this browser noticed, without a refusal from our server. */
export const ownFailure = (code: keyof typeof MESSAGES, cause: ProviderCause | null = null): CallFailure =>
  new CallFailure({ code, message: MESSAGES[code], retryAtMs: null, cause });

/** Returns the failure of an offer that the provider refused in front of this browser. */
export function providerFailure(cause: ProviderCause): CallFailure {
  // Our server did not send this request, so the country is the user's.
  return ownFailure(cause === 'country_refused' ? 'not_offered_here' : PROVIDER_CAUSES[cause].code, cause);
}

/** The secret, or our ticket in its place, is not accepted, or no longer is: a new ticket may help. */
export class SecretRefusal extends CallFailure {}

/** Turns a refusal of our server into a failure. The server sends how long to wait, the screen needs until when. */
export function toCallFailure(error: ErrorBody['error'], nowMs: number): CallFailure {
  const { code, message, retryAfterSeconds, cause = null } = error;
  const retryAtMs = retryAfterSeconds === undefined ? null : nowMs + retryAfterSeconds * 1000;
  return new CallFailure({ code, message, retryAtMs, cause });
}
