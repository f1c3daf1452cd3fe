import '@/lib/client/page/zod-without-eval';

import { RealtimeAgent, RealtimeSession } from '@openai/agents-realtime';
import { GUARDRAIL_WORDS, outputGuardrails } from '@/business/guardrails';
import { type RunTool, toSdkTool } from '@/lib/client/connection/sdk-tools';
import type { ServerPolicyWebRTC } from '@/lib/client/connection/server-policy-webrtc';
import { parseArguments } from '@/lib/client/state/read-server-event';
import type { CallTicket, Handoff, ToolFailure } from '@/lib/shared/contract';
import { ToolCallId } from '@/lib/shared/ids';

/** The guardrails read a response again whenever it has grown by this much. */
const GUARDRAIL_EVERY_CHARS = 40;
/** The SDK tells the model what it did wrong in a message of the user, who never said that. */
const FEEDBACK_BEGINS = '⚠️ Your last answer was blocked.';

export const isGuardrailFeedback = (text: string | null): boolean =>
  text?.startsWith(FEEDBACK_BEGINS) ?? false;

/** A tool call that waits for the user's approval. */
export interface ApprovalAsk {
  toolCallId: ToolCallId;
  toolName: string;
  arguments: Record<string, unknown>;
  /** `message` tells the model why the answer is no. */
  decide(allowed: boolean, message: string): void;
}

export interface SdkSessionOptions {
  ticket: CallTicket;
  /** Its connecting may be under way. */
  transport: ServerPolicyWebRTC;
  runTool: RunTool;
  /** Gets every raw event of the data channel. */
  onServerEvent: (event: unknown) => void;
  onApproval: (ask: ApprovalAsk) => void;
  /** A function call cannot run, and the model knows: there is no such tool, or its arguments are no JSON object. */
  onBrokenCall: (toolCallId: ToolCallId, reply: ToolFailure) => void;
  /** A response broke a rule and is being cut. */
  onGuardrail: (tripped: { itemId: string; rule: string; text: string }) => void;
  /** The SDK closed the connection on its own. */
  onDisconnected: () => void;
}

export interface SdkSession {
  session: RealtimeSession;
  /** Another agent responds from here on. Its policy goes to the server as our server wrote it. */
  handOff(handoff: Handoff): void;
}

/** For the screen. The model is told in other words. */
const NO_SUCH_TOOL: ToolFailure = {
  ok: false,
  error: { code: 'unknown_tool', message: 'The agent asked for something that this site can’t do.' },
};
const UNREADABLE: ToolFailure = {
  ok: false,
  error: { code: 'bad_arguments', message: 'The agent’s request couldn’t be read, so nothing was done.' },
};

/** Replies to the function calls that the SDK leaves without an output: the agent would stay silent for good. */
function answerBrokenCalls(
  { transport, onBrokenCall }: Pick<SdkSessionOptions, 'transport' | 'onBrokenCall'>,
  toolNames: ReadonlySet<string>,
): void {
  transport.on('function_call', (call) => {
    const toolCallId = ToolCallId.safeParse(call.callId).data;
    const report = (reply: ToolFailure) => toolCallId !== undefined && onBrokenCall(toolCallId, reply);
    if (!toolNames.has(call.name)) {
      transport.requestResponse();
      report(NO_SUCH_TOOL);
    } else if (parseArguments(call.arguments) === null || call.arguments.trim() === '') {
      const error = { code: 'bad_arguments', message: 'The arguments were not a JSON object. Try again.' };
      transport.sendFunctionCallOutput(call, JSON.stringify({ ok: false, error }), true);
      report(UNREADABLE);
    }
  });
}

function listenForApprovals(session: RealtimeSession, onApproval: (ask: ApprovalAsk) => void): void {
  session.on('tool_approval_requested', (_context, _agent, { approvalItem }) => {
    const { rawItem } = approvalItem;
    if (rawItem.type !== 'function_call') return;
    const toolCallId = ToolCallId.safeParse(rawItem.callId).data;
    // Without an id the run would be refused anyway, see `sdk-tools`.
    if (toolCallId === undefined) return void session.approve(approvalItem).catch(() => {});
    onApproval({
      toolCallId,
      toolName: rawItem.name,
      arguments: parseArguments(rawItem.arguments) ?? {},
      decide(allowed, message) {
        const decided = allowed ? session.approve(approvalItem) : session.reject(approvalItem, { message });
        // It fails only when the connection is gone, and with it the question.
        decided.catch(() => {});
      },
    });
  });
}

function listenForGuardrails(session: RealtimeSession, onGuardrail: SdkSessionOptions['onGuardrail']): void {
  session.on('guardrail_tripped', (_context, _agent, error, { itemId }) => {
    const rule = error.result.guardrail.name;
    const text = GUARDRAIL_WORDS[rule] ?? 'Stopped: the agent was about to break a rule.';
    onGuardrail({ itemId, rule, text });
  });
}

/**
 * Creates a Realtime session of the Agents SDK over WebRTC that leaves the server's policy alone. Tested also in
 * `call/tool-runner.test.ts` and `call/approvals.test.ts`.
 */
export function createSdkSession(options: SdkSessionOptions): SdkSession {
  const { ticket, transport, runTool, onServerEvent, onApproval, onGuardrail, onDisconnected } = options;
  /** Of the agent who answers now. */
  const toolNames = new Set<string>();
  const toSdkAgent = ({ agent, tools }: Pick<CallTicket, 'agent' | 'tools'>) => {
    toolNames.clear();
    for (const { name } of tools) toolNames.add(name);
    return new RealtimeAgent({
      name: agent.name,
      tools: tools.map((summary) => toSdkTool(summary, runTool)),
    });
  };
  const session = new RealtimeSession(toSdkAgent(ticket), {
    transport,
    tracingDisabled: true,
    outputGuardrails,
    outputGuardrailSettings: { debounceTextLength: GUARDRAIL_EVERY_CHARS },
  });

  session.on('transport_event', onServerEvent);
  // Errors of the server arrive as events, those of the connection as its end.
  session.on('error', () => {});
  listenForApprovals(session, onApproval);
  listenForGuardrails(session, onGuardrail);
  answerBrokenCalls(options, toolNames);
  transport.on('connection_change', (status) => {
    if (status === 'disconnected') onDisconnected();
  });

  return {
    session,
    handOff(handoff) {
      transport.sendEvent({ type: 'session.update', session: handoff.session });
      // Only the SDK's own list of tools changes: the transport sends none of it. See ServerPolicyWebRTC.
      session.updateAgent(toSdkAgent(handoff)).catch(() => {});
    },
  };
}
