// Tested in calls/open-call.test, calls/relay-call.test and endings/end-call.test.
import 'server-only';
import OpenAI, { APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai';
import type { RealtimeSessionCreateRequest } from 'openai/resources/realtime/realtime';
import { z } from 'zod';
import { AppError } from '@/lib/server/platform/app-error';
import { describeError } from '@/lib/server/platform/describe-error';
import { getEnv } from '@/lib/server/platform/env';
import { keyedHash } from '@/lib/server/platform/keyed-hash';
import { log } from '@/lib/server/platform/log';
import { audit } from '@/lib/server/records/audit';
import type { CallTicket } from '@/lib/shared/contract';
import { RtcCallId, type UserId } from '@/lib/shared/ids';

const TIMEOUT_MS = 6000;
/** The browser waits ten seconds for the SDP answer, wherever it sent the offer. */
const ANSWER_TIMEOUT_MS = 9000;

let client: OpenAI | undefined;

const clientWith = (apiKey: string): OpenAI =>
  new OpenAI({
    apiKey,
    baseURL: getEnv().openai.baseUrl,
    timeout: TIMEOUT_MS,
    // A second mint would be a second secret.
    maxRetries: 0,
    logLevel: 'off',
  });

/** Returns the client with the site's API key. Nothing else uses that key. Throws `not_configured`. */
function openai(): OpenAI {
  const { apiKey } = getEnv().openai;
  if (!apiKey) throw new AppError('not_configured');
  client ??= clientWith(apiKey);
  return client;
}

/** Returns the seconds that the provider asks to wait, within reason. */
function readWait(error: APIError): number {
  const seconds = Number(error.headers?.get('retry-after'));
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 120) : 10;
}

/** OpenAI sends 429 for these too, where waiting does not help: the account has to be paid first. */
const NO_CREDIT = new Set(['insufficient_quota', 'billing_hard_limit_reached', 'billing_not_active']);
const hasNoCredit = ({ code, type }: APIError) => NO_CREDIT.has(code ?? '') || NO_CREDIT.has(type ?? '');

function refuseForCredit(cause: APIError, isOwnKey: boolean): AppError {
  if (isOwnKey) {
    return new AppError('provider_refused', {
      cause,
      message: 'Your account of the voice service has no credit.',
    });
  }
  log().error({ error: describeError(cause) }, 'the OpenAI account of this site has no credit');
  const message = 'The voice service refused this site. Its owner needs to check the account.';
  return new AppError('provider_refused', { cause, message });
}

/** Returns the refusal for a failure. Nothing of the provider's response goes further than the log's short form. */
function toAppError(cause: unknown, isOwnKey = false): AppError {
  if (cause instanceof AppError) return cause;
  if (cause instanceof APIConnectionTimeoutError || cause instanceof APIUserAbortError) {
    return new AppError('provider_timeout', { cause });
  }
  if (!(cause instanceof APIError)) return new AppError('provider_failed', { cause });
  if (hasNoCredit(cause)) return refuseForCredit(cause, isOwnKey);
  if (cause.status === 401 || cause.status === 403) {
    const message = isOwnKey ? { message: 'The voice service refused your key.' } : {};
    return new AppError('provider_refused', { cause, ...message });
  }
  if (cause.status === 429) {
    return new AppError('provider_busy', { retryAfterSeconds: readWait(cause), cause });
  }
  return new AppError('provider_failed', { cause });
}

/** The client's own timeout ends with the response headers. This one covers the body as well. */
const bounded = (timeout = TIMEOUT_MS) => ({ timeout, signal: AbortSignal.timeout(timeout) });

/** Lets the provider tell repeat offenders apart without learning who they are. */
const safetyHeaders = (userId: UserId) => ({
  'OpenAI-Safety-Identifier': keyedHash('safety-identifier', userId),
});

const Secret = z.object({ value: z.string().min(1).max(4096), expires_at: z.number().int().positive() });

/** The provider accepts no shorter life of a secret. */
const LEAST_SECRET_SECONDS = 10;

/** A secret opens calls as long as it lives, so it does not outlive its call. */
const secretSeconds = (callSeconds: number): number =>
  Math.max(LEAST_SECRET_SECONDS, Math.min(getEnv().realtime.clientSecretTtlSeconds, callSeconds));

interface Mint {
  session: RealtimeSessionCreateRequest;
  userId: UserId;
  /** What is left of the call. */
  callSeconds: number;
  /** A caller's own key: used for this one request and stored nowhere. */
  ownKey: string | null;
}

/**
 * `POST /realtime/client_secrets`: returns a secret that opens calls under `session` until it expires.
 * Throws `provider_refused`, `provider_busy`, `provider_timeout`, `provider_failed` or `not_configured`.
 */
export async function mintClientSecret(mint: Mint): Promise<CallTicket['secret']> {
  const { session, userId, callSeconds, ownKey } = mint;
  const seconds = secretSeconds(callSeconds);
  try {
    const minted = await (ownKey ? clientWith(ownKey) : openai()).realtime.clientSecrets.create(
      { expires_after: { anchor: 'created_at', seconds }, session },
      { ...bounded(), headers: safetyHeaders(userId) },
    );
    const secret = Secret.parse(minted);
    return { value: secret.value, expiresAt: new Date(secret.expires_at * 1000).toISOString() };
  } catch (error) {
    throw toAppError(error, ownKey !== null);
  }
}

const Answer = z.object({ rtcCallId: RtcCallId, sdp: z.string().startsWith('v=0') });
type Answer = z.infer<typeof Answer>;

interface RelayedOffer {
  offerSdp: string;
  session: RealtimeSessionCreateRequest;
  userId: UserId;
  /** Ends a call whose id is known, but whose SDP answer is unusable. */
  abandon: (rtcCallId: RtcCallId) => Promise<void>;
}

/**
 * `POST /realtime/calls` with the API key: returns the provider's SDP answer, and the id of the call, which is in
 * `Location`. Throws what `mintClientSecret` throws.
 */
export async function createRelayedCall(offer: RelayedOffer): Promise<Answer> {
  const { offerSdp, session, userId, abandon } = offer;
  let rtcCallId: RtcCallId | undefined;
  try {
    const response = await openai().realtime.calls.create(
      { sdp: offerSdp, session },
      { ...bounded(ANSWER_TIMEOUT_MS), headers: safetyHeaders(userId) },
    );
    rtcCallId = RtcCallId.safeParse(response.headers.get('location')?.split('/').at(-1)).data;
    return Answer.parse({ rtcCallId, sdp: await response.text() });
  } catch (error) {
    if (rtcCallId !== undefined) await abandon(rtcCallId);
    throw toAppError(error);
  }
}

/** 404, or 400 with this code: the connection has ended (protocol: `POST /realtime/calls/{id}/hangup`). */
const isGone = (error: unknown) =>
  error instanceof APIError &&
  (error.status === 404 || (error.status === 400 && error.code === 'call_id_not_found'));

/**
 * Ends a connection at the provider. `hung_up`: it ended at our request. `gone`: the provider does not know it, or no
 * longer. `failed`: it may still be talking. Never throws.
 */
export async function hangUp(rtcCallId: RtcCallId): Promise<'hung_up' | 'gone' | 'failed'> {
  try {
    await openai().realtime.calls.hangup(rtcCallId, bounded());
    return 'hung_up';
  } catch (error) {
    if (isGone(error)) return 'gone';
    log().warn({ rtcCallId, error: describeError(error) }, 'hang-up failed');
    audit({ event: 'hang_up_failed', rtcCallId });
    return 'failed';
  }
}

/** Returns the address to which the browser posts its offer in direct mode. */
export const directCallUrl = (): string => `${getEnv().openai.baseUrl}/realtime/calls`;
