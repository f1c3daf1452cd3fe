import { tool } from '@openai/agents-realtime';
import { asFields } from '@/lib/client/state/as-fields';
import { wordsForModel } from '@/lib/client/state/replay';
import type { ToolReply, ToolSummary } from '@/lib/shared/contract';
import { ToolCallId } from '@/lib/shared/ids';

export type RunTool = (
  name: string,
  toolCallId: ToolCallId,
  args: Record<string, unknown>,
) => Promise<ToolReply>;

/** Only the server knows and checks the real schema. Here any object passes. */
const ANY_OBJECT = { type: 'object', properties: {}, required: [], additionalProperties: true } as const;

/** Without an id the server cannot tell a repeated call from a new one. */
const NO_ID: ToolReply = {
  ok: false,
  error: { code: 'bad_request', message: 'The call of the tool has no usable id. Try again.' },
};

/** A tool of the ticket as the SDK wants it: it runs on our server, and the model reads the reply as JSON. */
export function toSdkTool(summary: ToolSummary, runTool: RunTool) {
  return tool({
    name: summary.name,
    description: summary.title,
    parameters: { ...ANY_OBJECT, required: [] },
    strict: false,
    needsApproval: summary.needsApproval,
    execute: async (input, _context, details) => {
      const toolCallId = ToolCallId.safeParse(details?.toolCall?.callId);
      if (!toolCallId.success) return wordsForModel(NO_ID);
      return wordsForModel(await runTool(summary.name, toolCallId.data, asFields(input)));
    },
  });
}
