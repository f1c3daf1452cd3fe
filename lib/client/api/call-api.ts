import '@/lib/client/page/zod-without-eval';

import type { z } from 'zod';
import { CallFailure, codeOf, ownFailure, toCallFailure } from '@/lib/client/api/call-failure';
import { withDeadline } from '@/lib/client/api/with-deadline';
import type { CallBrowser } from '@/lib/client/page/browser';
import {
  CallTicket,
  type EndCallRequest,
  type EndReason,
  type OpenCallRequest,
  Receipt,
  ToolPreview,
  ToolReply,
  type ToolRequest,
  type TurnReport,
} from '@/lib/shared/contract';
import { parseErrorBody } from '@/lib/shared/errors';
import type { CallId, RtcCallId } from '@/lib/shared/ids';
import type { ProviderCause } from '@/lib/shared/provider-cause';

/*
 * Comes with the call engine, after the first load of the page: the contract brings zod.
 */

const REPORT_LIMIT_MS = 5_000;
/** How long an end or a tool waits for the report before it. */
const REPORT_GRACE_MS = 2_000;
/** The server hangs up, then mints. */
const RESUME_LIMIT_MS = 15_000;
/** The user waits for the question, which can be asked without the preview. */
const PREVIEW_LIMIT_MS = 1_500;
const TOOL_LIMIT_MS = 20_000;
const END_LIMIT_MS = 5_000;
/** One pause before each repeat of a request. */
const REPORT_PAUSES_MS = [500, 1_000, 2_000];
const TOOL_PAUSES_MS = [300];
const END_PAUSES_MS = [700];

/** What the page knows of a call that ends. */
export interface EndFacts {
  /** Why the provider refused, for the owner's log. */
  cause?: ProviderCause | null;
  /** For the site's traces. */
  turns?: TurnReport[];
}

/** Our own routes, as the browser uses them. Every method throws `CallFailure`, `internal` for a malformed response. */
export interface CallApi {
  /** Opens a call. Has no time limit: a ticket that comes late must be given back. */
  openCall(request: Partial<OpenCallRequest>): Promise<CallTicket>;
  /**
   * Gets a new ticket for a call whose connection dropped: same call, same deadline, the seconds that are left. The
   * server hangs up the old connection first. A call can be resumed a few times.
   */
  resumeCall(callId: CallId): Promise<CallTicket>;
  /** Reports the provider's call id to the server, so that it can hang up. Repeats a few times. */
  reportConnected(callId: CallId, rtcCallId: RtcCallId): Promise<void>;
  /** Asks what a run would do, once, for at most 1.5 s after a report under way. */
  previewTool(callId: CallId, name: string, args: Record<string, unknown>): Promise<ToolPreview>;
  /**
   * Runs one tool, after a report under way: the server runs tools in connected calls only. Repeating is safe: the server
   * runs it once per `toolCallId`.
   */
  runTool(callId: CallId, name: string, request: ToolRequest): Promise<ToolReply>;
  /**
   * Hangs up and settles; outlives the page. A report under way goes first, because the server refunds only what it
   * saw end. Returns `null` without a receipt; never throws.
   */
  endCall(callId: CallId, reason: EndReason, facts?: EndFacts): Promise<Receipt | null>;
}

interface PostOptions {
  limitMs?: number;
  keepalive?: boolean;
  pausesMs?: readonly number[];
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Worth another attempt: the response was lost on the way, or the server stumbled. */
const isPassing = ({ refusal: { code } }: CallFailure) =>
  code === 'network' || code === 'timeout' || code === 'internal' || code === 'store_unavailable';

/** The body of a success may be missing or malformed. */
function nothingIfMalformed(error: unknown): null {
  if (error instanceof SyntaxError) return null;
  throw error;
}

async function readRefusal(response: Response, nowMs: number): Promise<CallFailure> {
  const error = parseErrorBody(await response.json().catch(() => null));
  return error === null ? ownFailure('internal') : toCallFailure(error, nowMs);
}

/** Throws `internal` for a body that does not fit. */
function parse<Body>(schema: z.ZodType<Body>, body: unknown): Body {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw ownFailure('internal');
  return parsed.data;
}

/** Gets every request that has ended. `status` is `null` without a response, `code` without a refusal. */
type OnRequested = (
  method: string,
  path: string,
  status: number | null,
  beganMs: number,
  code?: string | null,
) => void;

/** Returns a function that posts JSON and returns the body of a success, `null` when it is not JSON. */
function createPost(browser: CallBrowser, onRequested: OnRequested) {
  async function postOnce(path: string, body: unknown, options: PostOptions): Promise<unknown> {
    const { limitMs, keepalive = false } = options;
    const controller = new AbortController();
    const beganMs = browser.now();
    const timer = limitMs === undefined ? undefined : setTimeout(() => controller.abort(), limitMs);
    try {
      const response = await browser.fetch(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        keepalive,
        signal: controller.signal,
      });
      const failure = response.ok ? null : await readRefusal(response, browser.now());
      onRequested('POST', path, response.status, beganMs, codeOf(failure));
      if (failure !== null) throw failure;
      return await response.json().catch(nothingIfMalformed);
    } catch (error) {
      if (error instanceof CallFailure) throw error;
      onRequested('POST', path, null, beganMs);
      throw ownFailure(controller.signal.aborted ? 'timeout' : 'network');
    } finally {
      clearTimeout(timer);
    }
  }

  return async (path: string, body: unknown, options: PostOptions): Promise<unknown> => {
    for (const pauseMs of options.pausesMs ?? []) {
      try {
        return await postOnce(path, body, options);
      } catch (error) {
        if (!(error instanceof CallFailure && isPassing(error))) throw error;
        await pause(pauseMs);
      }
    }
    return postOnce(path, body, options);
  };
}

const callPath = (callId: CallId, rest: string) => `/api/voice/calls/${encodeURIComponent(callId)}/${rest}`;

const toolPath = (callId: CallId, name: string, rest = '') =>
  callPath(callId, `tools/${encodeURIComponent(name)}${rest}`);

export function createCallApi(browser: CallBrowser, onRequested: OnRequested = () => {}): CallApi {
  const post = createPost(browser, onRequested);
  /** Reports under way. */
  const reports = new Map<CallId, Promise<unknown>>();
  const reported = async (callId: CallId): Promise<void> => {
    const report = reports.get(callId);
    if (report !== undefined) await withDeadline(report, REPORT_GRACE_MS).catch(() => {});
  };

  return {
    openCall: async (request) => parse(CallTicket, await post('/api/voice/session', request, {})),
    async resumeCall(callId) {
      const options = { limitMs: RESUME_LIMIT_MS };
      return parse(CallTicket, await post(callPath(callId, 'resume'), {}, options));
    },
    async reportConnected(callId, rtcCallId) {
      const options = { limitMs: REPORT_LIMIT_MS, pausesMs: REPORT_PAUSES_MS };
      const report = post(callPath(callId, 'connected'), { rtcCallId }, options);
      reports.set(callId, report);
      await report.finally(() => reports.delete(callId));
    },
    async previewTool(callId, name, args) {
      const options = { limitMs: PREVIEW_LIMIT_MS };
      await reported(callId);
      const body = await post(toolPath(callId, name, '/preview'), { arguments: args }, options);
      return parse(ToolPreview, body);
    },
    async runTool(callId, name, request) {
      const options = { limitMs: TOOL_LIMIT_MS, pausesMs: TOOL_PAUSES_MS };
      await reported(callId);
      return parse(ToolReply, await post(toolPath(callId, name), request, options));
    },
    async endCall(callId, reason, { cause = null, turns = [] } = {}) {
      const options = { limitMs: END_LIMIT_MS, pausesMs: END_PAUSES_MS, keepalive: true };
      const body: EndCallRequest = {
        reason,
        ...(cause === null ? {} : { cause }),
        ...(turns.length === 0 ? {} : { turns }),
      };
      // A closing page sends this request now or never.
      if (reason !== 'page_closed') await reported(callId);
      try {
        return parse(Receipt, await post(callPath(callId, 'end'), body, options));
      } catch {
        return null;
      }
    },
  };
}
