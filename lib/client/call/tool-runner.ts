import type { CallApi } from '@/lib/client/api/call-api';
import { CallFailure, overReason, ownFailure } from '@/lib/client/api/call-failure';
import type { RunTool } from '@/lib/client/connection/sdk-tools';
import type { CallEvent } from '@/lib/client/state/call-event';
import type { EndReason, Handoff, PreviewLine, ToolReply, ToolSummary } from '@/lib/shared/contract';
import type { CallId, ToolCallId } from '@/lib/shared/ids';

/** The one tool whose success means something to the call itself. */
const END_CALL_TOOL = 'end_call';

interface ToolRunnerOptions {
  api: CallApi;
  callId: CallId;
  /** Tools of the agent in the call. */
  tools: () => readonly ToolSummary[];
  /** Returns what the user read and allowed of this run, if it was more than the arguments. */
  allowedLines: (toolCallId: ToolCallId) => PreviewLine[] | undefined;
  now: () => number;
  dispatch: (event: CallEvent) => void;
  /** The server no longer knows this call or this user. */
  onCallOver: (reason: EndReason) => void;
  onEndCall: () => void;
  /** Another agent takes over, from the next response on. */
  onHandoff: (handoff: Handoff) => void;
  /** A tool changed what the page shows. */
  onDataChanged: () => void;
}

/** Runs tools on our server. Never throws: a refusal becomes a reply that the agent can speak about. */
export function createToolRunner(options: ToolRunnerOptions): RunTool {
  const { api, callId, tools, now, dispatch } = options;

  async function ask(
    name: string,
    toolCallId: ToolCallId,
    args: Record<string, unknown>,
  ): Promise<ToolReply> {
    try {
      const allowed = options.allowedLines(toolCallId);
      return await api.runTool(callId, name, { toolCallId, arguments: args, allowed });
    } catch (error) {
      const over = overReason(error);
      if (over !== null) options.onCallOver(over);
      const { code, message } = (error instanceof CallFailure ? error : ownFailure('internal')).refusal;
      return { ok: false, error: { code, message } };
    }
  }

  return async (name, toolCallId, args) => {
    dispatch({ type: 'tool_started', toolCallId, atMs: now() });
    const reply = await ask(name, toolCallId, args);
    dispatch({ type: 'tool_finished', toolCallId, reply, atMs: now() });
    if (reply.ok) {
      if (tools().some((tool) => tool.name === name && tool.changesData)) options.onDataChanged();
      if (name === END_CALL_TOOL) options.onEndCall();
      if (reply.handoff !== undefined) {
        options.onHandoff(reply.handoff);
        const { agent, tools: nextTools } = reply.handoff;
        dispatch({ type: 'handed_off', toolCallId, agent, tools: nextTools });
      }
    }
    return reply;
  };
}
