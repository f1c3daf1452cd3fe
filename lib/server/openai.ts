// Tested in calls/open-call.test, calls/relay-call.test and endings/end-call.test.
import 'server-only';
import OpenAI, { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai';
import type { RealtimeSessionCreateRequest } from 'openai/resources/realtime/realtime';
import { z } from 'zod';
import { accountableId, type User } from '@/lib/server/auth/user';
import { utcDay } from '@/lib/server/money/utc-day';
import { AppError } from '@/lib/server/platform/app-error';
import { describeCause, describeError } from '@/lib/server/platform/describe-error';
import { getEnv } from '@/lib/server/platform/env';
import { keyedHash } from '@/lib/server/platform/keyed-hash';
import { log } from '@/lib/server/platform/log';
import { audit } from '@/lib/server/records/audit';
import { tellOnce } from '@/lib/server/webhooks/tell';
import type { CallTicket } from '@/lib/shared/contract';
import { type RtcCallId, readRtcCallId } from '@/lib/shared/ids';
import { isPermanent, PROVIDER_CAUSES, type ProviderCause } from '@/lib/shared/provider-cause';
import { readRefusalCause } from '@/lib/shared/read-provider-cause';

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

/** A caller who brought the key is its owner. */
const OWN_KEY_MESSAGES: Partial<Record<ProviderCause, string>> = {
  no_credit: 'Your account of the voice service has no credit.',
  key_refused: 'The voice service refused your key.',
  key_restricted: 'The voice service refused your key.',
};

/** What a request to the provider was about, as far as it matters for its failure. */
interface Asked {
  isOwnKey?: boolean;
  hasOffer?: boolean;
}

/** Returns why a request to the provider failed. */
function readCause(error: unknown, hasOffer = false): ProviderCause {
  if (error instanceof APIConnectionTimeoutError || error instanceof APIUserAbortError) return 'no_answer';
  if (error instanceof APIConnectionError) return 'unreachable';
  if (!(error instanceof APIError) || error.status === undefined) return 'unreadable';
  return readRefusalCause(error.status, error, hasOffer);
}

/** The owner hears once a day of each cause that does not pass by itself. */
function tellOwner(cause: ProviderCause): void {
  if (!isPermanent(cause)) return;
  const day = utcDay(Date.now());
  tellOnce({ type: 'provider.refused', about: `${cause}_${day}`, data: { day, cause } });
}

function refuseFor(cause: ProviderCause, error: unknown, isOwnKey = false): AppError {
  if (!isOwnKey) tellOwner(cause);
  const { code } = PROVIDER_CAUSES[cause];
  const message = isOwnKey ? OWN_KEY_MESSAGES[cause] : undefined;
  const refusal = new AppError(code, {
    cause: error,
    providerCause: cause,
    ...(message === undefined ? {} : { message }),
    ...(code === 'provider_busy' && error instanceof APIError ? { retryAfterSeconds: readWait(error) } : {}),
  });
  refusal.isExplained = isOwnKey;
  return refusal;
}

/** Returns the refusal for a failure. Nothing of the provider's response goes further than the log's short form. */
function toAppError(error: unknown, { isOwnKey, hasOffer }: Asked): AppError {
  return error instanceof AppError ? error : refuseFor(readCause(error, hasOffer), error, isOwnKey);
}

/** The client's own timeout ends with the response headers. This one covers the body as well. */
const bounded = (timeout = TIMEOUT_MS) => ({ timeout, signal: AbortSignal.timeout(timeout) });

/** Lets the provider tell repeat offenders apart without learning who they are. */
const safetyHeaders = (user: User) => ({
  'OpenAI-Safety-Identifier': keyedHash('safety-identifier', accountableId(user)),
});

const Secret = z.object({ value: z.string().min(1).max(4096), expires_at: z.number().int().positive() });

/** The provider accepts no shorter life of a secret. */
const LEAST_SECRET_SECONDS = 10;

/** A secret opens calls as long as it lives, so it does not outlive its call. */
const secretSeconds = (callSeconds: number): number =>
  Math.max(LEAST_SECRET_SECONDS, Math.min(getEnv().realtime.clientSecretTtlSeconds, callSeconds));

interface Mint {
  session: RealtimeSessionCreateRequest;
  user: User;
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
  const { session, user, callSeconds, ownKey } = mint;
  const seconds = secretSeconds(callSeconds);
  try {
    const minted = await (ownKey ? clientWith(ownKey) : openai()).realtime.clientSecrets.create(
      { expires_after: { anchor: 'created_at', seconds }, session },
      { ...bounded(), headers: safetyHeaders(user) },
    );
    const secret = Secret.parse(minted);
    return { value: secret.value, expiresAt: new Date(secret.expires_at * 1000).toISOString() };
  } catch (error) {
    throw toAppError(error, { isOwnKey: ownKey !== null });
  }
}

/** What the provider says to a request that costs nothing. `dateMs`: its time, with a resolution of a second. */
interface Probe {
  cause: ProviderCause | null;
  dateMs: number | null;
}

function readDate(headers: Headers | undefined): number | null {
  const dateMs = Date.parse(headers?.get('date') ?? '');
  return Number.isNaN(dateMs) ? null : dateMs;
}

/** A model that the key may not use is refused at the offer only, after the mint. Services without this list do not count. */
async function isModelRefused(model: string): Promise<boolean> {
  try {
    await openai().models.retrieve(model, bounded());
    return false;
  } catch (error) {
    return error instanceof APIError && readCause(error) === 'model_refused';
  }
}

/**
 * Mints a secret for a session and throws it away: tries key, model and settings, and spends nothing. Throws
 * `not_configured`.
 */
export async function probeProvider(session: RealtimeSessionCreateRequest): Promise<Probe> {
  const life = { anchor: 'created_at', seconds: LEAST_SECRET_SECONDS } as const;
  try {
    const { response } = await openai()
      .realtime.clientSecrets.create({ expires_after: life, session }, bounded())
      .withResponse();
    const isRefused = await isModelRefused(getEnv().realtime.model);
    return { cause: isRefused ? 'model_refused' : null, dateMs: readDate(response.headers) };
  } catch (error) {
    if (error instanceof AppError) throw error;
    return { cause: readCause(error), dateMs: error instanceof APIError ? readDate(error.headers) : null };
  }
}

const AnswerSdp = z.string().startsWith('v=0');

interface Answer {
  rtcCallId: RtcCallId;
  sdp: string;
}

interface RelayedOffer {
  offerSdp: string;
  session: RealtimeSessionCreateRequest;
  user: User;
  /** Ends a call whose id is known, but whose SDP answer is unusable. */
  abandon: (rtcCallId: RtcCallId) => Promise<void>;
}

/**
 * `POST /realtime/calls` with the API key: returns the provider's SDP answer, and the id of the call, which is in
 * `Location`. Throws what `mintClientSecret` throws.
 */
export async function createRelayedCall(offer: RelayedOffer): Promise<Answer> {
  const { offerSdp, session, user, abandon } = offer;
  let rtcCallId: RtcCallId | null = null;
  try {
    const response = await openai().realtime.calls.create(
      { sdp: offerSdp, session },
      { ...bounded(ANSWER_TIMEOUT_MS), headers: safetyHeaders(user) },
    );
    rtcCallId = readRtcCallId(response.headers.get('location'));
    const sdp = AnswerSdp.parse(await response.text());
    // The answer stays here, so no connection is made, and the provider gives the call up by itself.
    if (rtcCallId === null) throw refuseFor('call_id_missing', new Error('The answer has no Location.'));
    return { rtcCallId, sdp };
  } catch (error) {
    if (rtcCallId !== null) await abandon(rtcCallId);
    throw toAppError(error, { hasOffer: true });
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
    const cause = readCause(error);
    tellOwner(cause);
    const provider = describeCause(cause);
    log().warn({ rtcCallId, provider, error: describeError(error) }, 'hang-up failed');
    audit({ event: 'hang_up_failed', rtcCallId });
    return 'failed';
  }
}

/** Returns the address to which the browser posts its offer in direct mode. */
export const directCallUrl = (): string => `${getEnv().openai.baseUrl}/realtime/calls`;
