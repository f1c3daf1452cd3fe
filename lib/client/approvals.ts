import type { ApprovalAsk } from '@/lib/client/realtime-connection';
import { argumentsInWords, humanise } from '@/lib/shared/argument-words';
import type { CallEvent } from '@/lib/shared/call-event';
import type { ToolSummary } from '@/lib/shared/contract';

const APPROVAL_LIMIT_MS = 30_000;
const DENIED = 'The person said no on the screen. It was not done. Ask what they would like instead.';
const UNANSWERED = 'Nobody answered on the screen within 30 seconds. It was not done.';

interface ApprovalsOptions {
  /** Of the agent on the line. */
  tools: () => readonly ToolSummary[];
  now: () => number;
  dispatch: (event: CallEvent) => void;
}

export interface Approvals {
  /** Shows the question, after those asked before it. No answer in time is a no. */
  ask(request: ApprovalAsk): void;
  /** Ignores a question that is not the one on the screen. */
  answer(toolCallId: string, allowed: boolean): void;
  /** Whoever asked is gone, with the line or with the call. Later questions are asked again. */
  drop(): void;
}

/** Questions to the person, one at a time. */
export function createApprovals({ tools, now, dispatch }: ApprovalsOptions): Approvals {
  const waiting: ApprovalAsk[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  function show(): void {
    const request = waiting[0];
    if (request === undefined) return;
    const { toolCallId, toolName } = request;
    const title = tools().find(({ name }) => name === toolName)?.title ?? humanise(toolName);
    const details = argumentsInWords(request.arguments);
    const expiresAtMs = now() + APPROVAL_LIMIT_MS;
    dispatch({ type: 'approval_requested', approval: { toolCallId, toolName, title, details, expiresAtMs } });
    timer = setTimeout(() => decide(request, false, UNANSWERED), APPROVAL_LIMIT_MS);
  }

  function decide(request: ApprovalAsk, allowed: boolean, message: string): void {
    clearTimeout(timer);
    waiting.shift();
    dispatch({ type: 'approval_closed', toolCallId: request.toolCallId, allowed, atMs: now() });
    request.decide(allowed, message);
    show();
  }

  const drop = () => {
    clearTimeout(timer);
    waiting.length = 0;
  };

  return {
    drop,
    ask(request) {
      waiting.push(request);
      if (waiting.length === 1) show();
    },
    answer(toolCallId, allowed) {
      const request = waiting[0];
      if (request?.toolCallId === toolCallId) decide(request, allowed, DENIED);
    },
  };
}
