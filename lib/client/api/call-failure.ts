import type { Refusal } from '@/lib/client/state/call-event';
import type { MicrophoneProblem } from '@/lib/client/state/call-state';
import type { EndReason } from '@/lib/shared/contract';
import type { ErrorBody } from '@/lib/shared/errors';

const MESSAGES = {
  network: 'We couldn’t reach the server. Check your connection and try again.',
  timeout: 'That took too long. Please try again.',
  provider_refused: 'The voice service did not accept the call. Please try again.',
  provider_busy: 'The voice service is busy. Please try again in a moment.',
  provider_failed: 'The voice service could not take the call. Please try again.',
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

/** Returns why the call is over if the server no longer knows the call or the user; `null` for any other failure. */
export function overReason(error: unknown): EndReason | null {
  switch (error instanceof CallFailure && error.refusal.code) {
    case 'unauthenticated':
      return 'signed_out';
    case 'call_ended':
    case 'call_not_found':
      return 'server_hangup';
    default:
      return null;
  }
}

/** Returns a failure that this browser noticed, without a refusal from our server. */
export const ownFailure = (code: keyof typeof MESSAGES): CallFailure =>
  new CallFailure({ code, message: MESSAGES[code], retryAtMs: null });

/** The provider did not accept the secret, or no longer does: a new ticket may help. */
export class SecretRefusal extends CallFailure {
  constructor() {
    super({ code: 'provider_refused', message: MESSAGES.provider_refused, retryAtMs: null });
  }
}

/** Turns a refusal of our server into a failure. The server sends how long to wait, the screen needs until when. */
export function toCallFailure(error: ErrorBody['error'], nowMs: number): CallFailure {
  const { code, message, retryAfterSeconds } = error;
  const retryAtMs = retryAfterSeconds === undefined ? null : nowMs + retryAfterSeconds * 1000;
  return new CallFailure({ code, message, retryAtMs });
}
