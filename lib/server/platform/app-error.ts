import 'server-only';
import { ERROR_STATUS, type ErrorCode } from '@/lib/shared/errors';
import type { ProviderCause } from '@/lib/shared/provider-cause';

/** What the user reads if a refusal brings no message of its own: the cause, and what to do now. */
const MESSAGES: Record<ErrorCode, string> = {
  bad_request: 'The request is not in the expected form.',
  unauthenticated: 'You are not signed in. Sign in and try again.',
  forbidden: 'Your account is not allowed to do this.',
  blocked: 'The owner of this site has blocked new calls from you or from your network.',
  origin_refused: 'This request came from another site. Open the app itself and try again.',
  agent_forbidden: 'Your account cannot talk to this agent. Choose another one.',
  tool_forbidden: 'This agent cannot use that tool.',
  ticket_refused: 'This ticket was used, has expired or belongs to another call. Start a new call.',
  not_found: 'There is nothing at this address.',
  unknown_agent: 'There is no agent by that name. Choose one from the page.',
  unknown_tool: 'There is no tool by that name.',
  call_not_found: 'You have no call with this id. Start a new call.',
  already_in_call: 'You already have a call open. End it there, or take over here.',
  call_ended: 'This call has ended. Start a new call.',
  call_not_connected: 'This call is not connected yet. Try again in a moment.',
  transcripts_full: 'You have kept as many conversations as you can. Delete one to make room.',
  not_resumable: 'This call cannot be resumed. Start a new call.',
  payload_too_large: 'The request is too large.',
  unsupported_media_type: 'The request has the wrong content type.',
  rate_limited: 'Too many requests in a short time. Wait a moment and try again.',
  allowance_exhausted: 'Your talking time for today is used up. It renews at midnight UTC.',
  internal:
    'Something went wrong on our side. Try again. If it keeps happening, report it with the request id.',
  offer_refused: 'The voice service did not accept what this client offered. Try a current browser.',
  provider_failed: 'The voice service failed. Try again in a moment.',
  provider_refused: 'The voice service refused this site. Its owner needs to check the account.',
  not_configured: 'This site is not set up yet. The setup page shows its owner what is missing.',
  store_unavailable: 'This site cannot reach its database. Try again in a moment.',
  site_busy: 'All lines of this site are busy. Try again when the next call ends.',
  site_paused: 'The owner of this site is not taking new calls for now. Try again later.',
  network_busy: 'Others on your network are talking. Try again when the next of their calls ends.',
  budget_exhausted: 'This site has spent its budget for today. It renews at midnight UTC.',
  provider_busy: 'The voice service is busy. Wait a moment and try again.',
  provider_timeout: 'The voice service did not respond in time. Try again.',
};

interface AppErrorOptions {
  /** Shown to the user, so it says what to do and holds nothing secret. */
  message?: string;
  /** Whole seconds after which trying again makes sense. */
  retryAfterSeconds?: number;
  /** Logged in a reduced form, never sent. */
  cause?: unknown;
  /** Why the provider refused. Logged with its cure; sent to those who can cure it: see `explainTo`. */
  providerCause?: ProviderCause;
}

/** A refusal with a stable code. `handle()` turns it into the status, the body and `Retry-After`. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly status: number;
  readonly retryAfterSeconds: number | undefined;
  readonly providerCause: ProviderCause | undefined;
  /** The response may say the cause. */
  isExplained = false;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(options.message ?? MESSAGES[code], { cause: options.cause });
    this.code = code;
    this.status = ERROR_STATUS[code];
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.providerCause = options.providerCause;
  }
}
