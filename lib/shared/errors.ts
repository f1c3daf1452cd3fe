import { isProviderCause, type ProviderCause } from '@/lib/shared/provider-cause';

/**
 * Every error code of the API, with its HTTP status. The browser switches on these codes,
 * so a code is never renamed, and a message never carries a provider's own words.
 */
export const ERROR_STATUS = {
  bad_request: 400,
  unauthenticated: 401,
  ticket_refused: 401,
  forbidden: 403,
  blocked: 403,
  origin_refused: 403,
  agent_forbidden: 403,
  tool_forbidden: 403,
  not_found: 404,
  unknown_agent: 404,
  unknown_tool: 404,
  call_not_found: 404,
  already_in_call: 409,
  call_ended: 409,
  call_not_connected: 409,
  transcripts_full: 409,
  not_resumable: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  rate_limited: 429,
  allowance_exhausted: 429,
  network_busy: 429,
  internal: 500,
  offer_refused: 502,
  provider_failed: 502,
  provider_refused: 502,
  not_configured: 503,
  store_unavailable: 503,
  budget_exhausted: 503,
  site_busy: 503,
  site_paused: 503,
  provider_busy: 503,
  provider_timeout: 504,
} as const satisfies Record<string, number>;

export type ErrorCode = keyof typeof ERROR_STATUS;

const isErrorCode = (value: unknown): value is ErrorCode =>
  typeof value === 'string' && Object.hasOwn(ERROR_STATUS, value);

/**
 * The body of every refusal. `retryAfterSeconds` is set when waiting helps, and equals `Retry-After`. `cause`: why the
 * provider refused. Only who can cure it gets it.
 */
export interface ErrorBody {
  error: {
    code: ErrorCode;
    message: string;
    requestId: string;
    retryAfterSeconds?: number;
    cause?: ProviderCause;
  };
}

/** Returns the refusal in a response body of unknown shape, or `null` if it is not one of ours. Works without zod. */
export function parseErrorBody(body: unknown): ErrorBody['error'] | null {
  if (typeof body !== 'object' || body === null || !('error' in body)) return null;
  const { error } = body;
  if (typeof error !== 'object' || error === null) return null;
  const { code, message, requestId, retryAfterSeconds, cause } = error as Record<string, unknown>;
  if (!isErrorCode(code) || typeof message !== 'string') return null;
  return {
    code,
    message,
    requestId: typeof requestId === 'string' ? requestId : '',
    ...(typeof retryAfterSeconds === 'number' ? { retryAfterSeconds } : {}),
    ...(isProviderCause(cause) ? { cause } : {}),
  };
}
