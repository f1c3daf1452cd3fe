import { CallFailure, ownFailure, toCallFailure } from '@/lib/client/api/call-failure';
import { withDeadline } from '@/lib/client/api/with-deadline';
import type { CallBrowser } from '@/lib/client/page/browser';
import type {
  CallTicket,
  EndReason,
  OpenCallRequest,
  Receipt,
  ToolPreview,
  ToolReply,
  ToolRequest,
} from '@/lib/shared/contract';
import { parseErrorBody } from '@/lib/shared/errors';
import type { CallId, RtcCallId } from '@/lib/shared/ids';

const REPORT_LIMIT_MS = 5_000;
/** How long an end waits for the report before it. */
const REPORT_GRACE_MS = 2_000;
/** The server hangs up, then mints. */
const RESUME_LIMIT_MS = 15_000;
/** Somebody waits for the question, and it can be asked without the preview. */
const PREVIEW_LIMIT_MS = 1_500;
const TOOL_LIMIT_MS = 20_000;
const END_LIMIT_MS = 5_000;
/** Pauses before a request is sent again; there are that many repeats. */
const REPORT_PAUSES_MS = [500, 1_000, 2_000];
const TOOL_PAUSES_MS = [300];
const END_PAUSES_MS = [700];

/** Our own routes, as the browser uses them. Every method throws {@link CallFailure}. */
export interface CallApi {
  /** Opens a call. Never cut short: a ticket that comes late must be given back. */
  openCall(request: Partial<OpenCallRequest>): Promise<CallTicket>;
  /**
   * Gets another ticket for a call whose line dropped: same call, same deadline, the seconds that are left. The
   * server hangs up the old connection first. A call can be resumed a few times.
   */
  resumeCall(callId: CallId): Promise<CallTicket>;
  /** Tells the server the provider's call id, so that it can hang up. Repeats a few times. */
  reportConnected(callId: CallId, rtcCallId: RtcCallId): Promise<void>;
  /** Asks what a run would do. Asked once, and not for long. */
  previewTool(callId: CallId, name: string, args: Record<string, unknown>): Promise<ToolPreview>;
  /** Runs one tool. Repeating is safe: the server runs it once per `toolCallId`. */
  runTool(callId: CallId, name: string, request: ToolRequest): Promise<ToolReply>;
  /**
   * Hangs up and settles; outlives the page. A report under way goes first, because the server refunds only
   * what it saw end. `null` when the server could not be asked.
   */
  endCall(callId: CallId, reason: EndReason): Promise<Receipt | null>;
}

interface PostOptions {
  limitMs?: number;
  keepalive?: boolean;
  pausesMs?: readonly number[];
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Worth another attempt: the answer was lost on the way, or the server stumbled. */
const isPassing = ({ refusal: { code } }: CallFailure) =>
  code === 'network' || code === 'timeout' || code === 'internal' || code === 'store_unavailable';

/** A success with an odd body, or none, is an answer that nobody can use. */
function nothingIfMalformed(error: unknown): null {
  if (error instanceof SyntaxError) return null;
  throw error;
}

async function readRefusal(response: Response, nowMs: number): Promise<CallFailure> {
  const error = parseErrorBody(await response.json().catch(() => null));
  return error === null ? ownFailure('internal') : toCallFailure(error, nowMs);
}

function isTicket(value: unknown): value is CallTicket {
  const ticket = (value ?? {}) as Partial<CallTicket>;
  return (
    typeof ticket.callId === 'string' &&
    typeof ticket.callUrl === 'string' &&
    typeof ticket.callSeconds === 'number' &&
    typeof ticket.secret?.value === 'string' &&
    Array.isArray(ticket.tools)
  );
}

const isReply = (value: unknown): value is ToolReply =>
  typeof value === 'object' && value !== null && 'ok' in value && typeof value.ok === 'boolean';

const isPreview = (value: unknown): value is ToolPreview =>
  isReply(value) && (value.ok ? 'lines' in value && Array.isArray(value.lines) : 'error' in value);

const isReceipt = (value: unknown): value is Receipt =>
  typeof value === 'object' && value !== null && 'reason' in value && 'seconds' in value;

/** Hears of every request that is over; `status` is `null` without an answer. */
type OnRequested = (method: string, path: string, status: number | null, beganMs: number) => void;

export function createCallApi(browser: CallBrowser, onRequested: OnRequested = () => {}): CallApi {
  async function postOnce(
    path: string,
    body: unknown,
    { limitMs, keepalive }: PostOptions,
  ): Promise<unknown> {
    const controller = new AbortController();
    const beganMs = browser.now();
    const timer = limitMs === undefined ? undefined : setTimeout(() => controller.abort(), limitMs);
    try {
      const response = await browser.fetch(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        keepalive: keepalive ?? false,
        signal: controller.signal,
      });
      onRequested('POST', path, response.status, beganMs);
      if (!response.ok) throw await readRefusal(response, browser.now());
      return await response.json().catch(nothingIfMalformed);
    } catch (error) {
      if (error instanceof CallFailure) throw error;
      onRequested('POST', path, null, beganMs);
      throw ownFailure(controller.signal.aborted ? 'timeout' : 'network');
    } finally {
      clearTimeout(timer);
    }
  }

  async function post(path: string, body: unknown, options: PostOptions): Promise<unknown> {
    for (const pauseMs of options.pausesMs ?? []) {
      try {
        return await postOnce(path, body, options);
      } catch (error) {
        if (!(error instanceof CallFailure && isPassing(error))) throw error;
        await pause(pauseMs);
      }
    }
    return postOnce(path, body, options);
  }

  const callPath = (callId: CallId, rest: string) => `/api/voice/calls/${encodeURIComponent(callId)}/${rest}`;

  const toolPath = (callId: CallId, name: string, rest = '') =>
    callPath(callId, `tools/${encodeURIComponent(name)}${rest}`);

  const reports = new Map<string, Promise<unknown>>();

  return {
    async openCall(request) {
      const ticket = await post('/api/voice/session', request, {});
      if (!isTicket(ticket)) throw ownFailure('internal');
      return ticket;
    },
    async resumeCall(callId) {
      const ticket = await post(callPath(callId, 'resume'), {}, { limitMs: RESUME_LIMIT_MS });
      if (!isTicket(ticket)) throw ownFailure('internal');
      return ticket;
    },
    async reportConnected(callId, rtcCallId) {
      const options = { limitMs: REPORT_LIMIT_MS, pausesMs: REPORT_PAUSES_MS };
      const report = post(callPath(callId, 'connected'), { rtcCallId }, options);
      reports.set(callId, report);
      await report.finally(() => reports.delete(callId));
    },
    async previewTool(callId, name, args) {
      const preview = await post(
        toolPath(callId, name, '/preview'),
        { arguments: args },
        { limitMs: PREVIEW_LIMIT_MS },
      );
      if (!isPreview(preview)) throw ownFailure('internal');
      return preview;
    },
    async runTool(callId, name, request) {
      const options = { limitMs: TOOL_LIMIT_MS, pausesMs: TOOL_PAUSES_MS };
      const reply = await post(toolPath(callId, name), request, options);
      if (!isReply(reply)) throw ownFailure('internal');
      return reply;
    },
    async endCall(callId, reason) {
      const options = { limitMs: END_LIMIT_MS, pausesMs: END_PAUSES_MS, keepalive: true };
      // A closing page sends this request now or never.
      const report = reason === 'page_closed' ? undefined : reports.get(callId);
      if (report !== undefined) await withDeadline(report, REPORT_GRACE_MS).catch(() => {});
      try {
        const receipt = await post(callPath(callId, 'end'), { reason }, options);
        return isReceipt(receipt) ? receipt : null;
      } catch {
        return null;
      }
    },
  };
}
