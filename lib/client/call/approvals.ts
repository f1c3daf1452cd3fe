import type { ApprovalAsk } from '@/lib/client/connection/sdk-session';
import type { CallEvent } from '@/lib/client/state/call-event';
import { wordsForModel } from '@/lib/client/state/replay';
import { argumentsInWords, humanise } from '@/lib/client/state/transcript/argument-words';
import type { PreviewLine, ToolFailure, ToolPreview, ToolSummary } from '@/lib/shared/contract';
import type { ToolCallId } from '@/lib/shared/ids';

const APPROVAL_LIMIT_MS = 30_000;
const DENIED = 'The user said no on the screen. It was not done. Ask what they would like instead.';
const UNANSWERED = 'There was no answer on the screen within 30 seconds. It was not done.';

interface ApprovalsOptions {
  /** Returns what the tool would do. When it fails, the user reads the arguments. */
  preview: (request: ApprovalAsk) => Promise<ToolPreview>;
  /** Tools of the agent in the call. */
  tools: () => readonly ToolSummary[];
  now: () => number;
  dispatch: (event: CallEvent) => void;
}

export interface Approvals {
  /** Shows the question, after those asked before it. No answer within 30 s is a no. What cannot be done is not asked. */
  ask(request: ApprovalAsk): void;
  /** Ignores a question that is not the one on the screen. */
  answer(toolCallId: ToolCallId, allowed: boolean): void;
  /** Returns the preview that the user allowed; `undefined` if they read only the arguments. */
  allowedLines(toolCallId: ToolCallId): PreviewLine[] | undefined;
  /** Drops the open questions: the connection or the call that asked is gone. A new session asks again. */
  drop(): void;
}

interface Question {
  request: ApprovalAsk;
  lines: PreviewLine[];
  timer: ReturnType<typeof setTimeout>;
}

/** Questions to the user, one at a time. */
export function createApprovals({ preview, tools, now, dispatch }: ApprovalsOptions): Approvals {
  /** The first one is being previewed, or on the screen. */
  const waiting: ApprovalAsk[] = [];
  const allowedLines = new Map<string, PreviewLine[]>();
  let onScreen: Question | null = null;

  async function next(): Promise<void> {
    const request = waiting[0];
    if (request === undefined) return;
    const outcome = await preview(request).catch((): ToolPreview => ({ ok: true, lines: [] }));
    // Dropped meanwhile: the result is unused, and another question may be the first one now.
    if (waiting[0] !== request) return;
    if (outcome.ok) show(request, outcome.lines);
    else refuse(request, outcome);
  }

  function show(request: ApprovalAsk, lines: PreviewLine[]): void {
    const { toolCallId, toolName } = request;
    const title = tools().find(({ name }) => name === toolName)?.title ?? humanise(toolName);
    const details = lines.length > 0 ? lines : argumentsInWords(request.arguments);
    const expiresAtMs = now() + APPROVAL_LIMIT_MS;
    dispatch({ type: 'approval_requested', approval: { toolCallId, toolName, title, details, expiresAtMs } });
    const timer = setTimeout(() => answer(toolCallId, false, UNANSWERED), APPROVAL_LIMIT_MS);
    onScreen = { request, lines, timer };
  }

  function refuse(request: ApprovalAsk, reply: ToolFailure): void {
    waiting.shift();
    dispatch({ type: 'tool_finished', toolCallId: request.toolCallId, reply, atMs: now() });
    request.decide(false, wordsForModel(reply));
    void next();
  }

  function answer(toolCallId: ToolCallId, allowed: boolean, message = DENIED): void {
    if (onScreen?.request.toolCallId !== toolCallId) return;
    const { request, lines, timer } = onScreen;
    clearTimeout(timer);
    onScreen = null;
    waiting.shift();
    if (allowed && lines.length > 0) allowedLines.set(toolCallId, lines);
    dispatch({ type: 'approval_closed', toolCallId, allowed, atMs: now() });
    request.decide(allowed, message);
    void next();
  }

  return {
    ask(request) {
      waiting.push(request);
      if (waiting.length === 1) void next();
    },
    answer: (toolCallId, allowed) => answer(toolCallId, allowed),
    allowedLines: (toolCallId) => allowedLines.get(toolCallId),
    drop() {
      clearTimeout(onScreen?.timer);
      onScreen = null;
      waiting.length = 0;
    },
  };
}
