import { tool } from '@openai/agents-realtime';
import { asFields } from '@/lib/client/state/as-fields';
import { wordsForModel } from '@/lib/client/state/replay';
import type { ToolReply, ToolSummary } from '@/lib/shared/contract';
import type { ToolCallId } from '@/lib/shared/ids';

export type RunTool = (
  name: string,
  toolCallId: ToolCallId,
  args: Record<string, unknown>,
) => Promise<ToolReply>;

/** The server alone knows and checks the real schema; here anything that is an object passes. */
const ANY_OBJECT = { type: 'object', properties: {}, required: [], additionalProperties: true } as const;

/** A tool of the ticket as the SDK wants it: it runs on our server, and the model reads the reply as JSON. */
export function toSdkTool(summary: ToolSummary, runTool: RunTool) {
  return tool({
    name: summary.name,
    description: summary.title,
    parameters: { ...ANY_OBJECT, required: [] },
    strict: false,
    needsApproval: summary.needsApproval,
    execute: async (input, _context, details) => {
      const toolCallId = (details?.toolCall?.callId ?? '') as ToolCallId;
      const reply = await runTool(summary.name, toolCallId, asFields(input));
      return wordsForModel(reply);
    },
  });
}
