import 'server-only';
import OpenAI, { APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai';
import type { RealtimeSessionCreateRequest } from 'openai/resources/realtime/realtime';
import { z } from 'zod';
import { AppError } from '@/lib/server/platform/app-error';
import { describeError } from '@/lib/server/platform/describe-error';
import { getEnv } from '@/lib/server/platform/env';
import { log } from '@/lib/server/platform/log';
import { audit } from '@/lib/server/records/audit';
import { type CallTicket, ConnectedRequest } from '@/lib/shared/contract';
import type { RtcCallId } from '@/lib/shared/ids';

const TIMEOUT_MS = 6000;
/** The browser waits ten seconds for the answer to its offer, wherever it sent it. */
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

/** The only user of the API key. */
function openai(): OpenAI {
  const { apiKey } = getEnv().openai;
  if (!apiKey) throw new AppError('not_configured');
  client ??= clientWith(apiKey);
  return client;
}

/** Seconds the provider asks to wait, within reason. */
function waitOf(error: APIError): number {
  const seconds = Number(error.headers?.get('retry-after'));
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 120) : 10;
}

/** The stable code of a failure. Nothing of the provider's answer goes further than the log's short form. */
function refusalOf(cause: unknown, isOwnKey = false): AppError {
  if (cause instanceof AppError) return cause;
  if (cause instanceof APIConnectionTimeoutError || cause instanceof APIUserAbortError) {
    return new AppError('provider_timeout', { cause });
  }
  const status = cause instanceof APIError ? cause.status : undefined;
  if (status === 401 || status === 403) {
    const message = isOwnKey ? { message: 'The voice service refused your key.' } : {};
    return new AppError('provider_refused', { cause, ...message });
  }
  if (status === 429 && cause instanceof APIError) {
    return new AppError('provider_busy', { retryAfterSeconds: waitOf(cause), cause });
  }
  return new AppError('provider_failed', { cause });
}

/** The timeout of the client ends with the headers; this one covers the body as well. */
const bounded = (timeout = TIMEOUT_MS) => ({ timeout, signal: AbortSignal.timeout(timeout) });

const Secret = z.object({ value: z.string().min(1).max(4096), expires_at: z.number().int().positive() });

/** The provider takes no shorter life. */
const LEAST_SECRET_SECONDS = 10;

/** A secret opens calls as long as it lives, so it does not outlive the call that it is for. */
const secretSeconds = (callSeconds: number): number =>
  Math.max(LEAST_SECRET_SECONDS, Math.min(getEnv().realtime.clientSecretTtlSeconds, callSeconds));

interface Mint {
  session: RealtimeSessionCreateRequest;
  safetyIdentifier: string;
  /** What is left of the call. */
  callSeconds: number;
  /** A caller's own key: used for this one request and kept nowhere. */
  ownKey: string | null;
}

/**
 * `POST /realtime/client_secrets`: a secret that opens calls under `session` until it expires.
 * Throws `provider_refused`, `provider_busy`, `provider_timeout`, `provider_failed` or `not_configured`.
 */
export async function mintClientSecret(mint: Mint): Promise<CallTicket['secret']> {
  const { session, safetyIdentifier, callSeconds, ownKey } = mint;
  const seconds = secretSeconds(callSeconds);
  try {
    const answer = await (ownKey ? clientWith(ownKey) : openai()).realtime.clientSecrets.create(
      { expires_after: { anchor: 'created_at', seconds }, session },
      { ...bounded(), headers: { 'OpenAI-Safety-Identifier': safetyIdentifier } },
    );
    const secret = Secret.parse(answer);
    return { value: secret.value, expiresAt: new Date(secret.expires_at * 1000).toISOString() };
  } catch (error) {
    throw refusalOf(error, ownKey !== null);
  }
}

const Answered = z.object({ rtcCallId: ConnectedRequest.shape.rtcCallId, sdp: z.string().startsWith('v=0') });

/**
 * `POST /realtime/calls` with the API key: the provider answers the offer, and says in `Location` which call that is.
 * Throws what `mintClientSecret` throws; `abandon` deals with a call of which we know the id, but got no usable answer.
 */
export async function createRelayedCall(
  offerSdp: string,
  session: RealtimeSessionCreateRequest,
  safetyIdentifier: string,
  abandon: (rtcCallId: RtcCallId) => Promise<void>,
): Promise<{ rtcCallId: RtcCallId; sdp: string }> {
  let rtcCallId: RtcCallId | undefined;
  try {
    const response = await openai().realtime.calls.create(
      { sdp: offerSdp, session },
      { ...bounded(ANSWER_TIMEOUT_MS), headers: { 'OpenAI-Safety-Identifier': safetyIdentifier } },
    );
    const location = response.headers.get('location')?.split('/').at(-1);
    rtcCallId = ConnectedRequest.safeParse({ rtcCallId: location }).data?.rtcCallId;
    return Answered.parse({ rtcCallId, sdp: await response.text() });
  } catch (error) {
    if (rtcCallId !== undefined) await abandon(rtcCallId);
    throw refusalOf(error);
  }
}

/** 404, or 400 with this code: the connection is gone already (protocol: `POST /realtime/calls/{id}/hangup`). */
const isGone = (error: unknown) =>
  error instanceof APIError &&
  (error.status === 404 || (error.status === 400 && error.code === 'call_id_not_found'));

/**
 * Ends a connection at the provider. `hung_up`: it ended on our word. `gone`: the provider does not know it (any
 * more). `failed`: it may still be talking. Never throws.
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

/** Where the browser posts its offer in direct mode. */
export const directCallUrl = (): string => `${getEnv().openai.baseUrl}/realtime/calls`;
