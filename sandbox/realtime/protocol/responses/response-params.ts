import { z } from 'zod';
import { ItemInput } from '../conversation/item-schema.ts';
import { ResponseMcpTool } from '../mcp/tool-schema.ts';
import {
  Format,
  FunctionTool,
  MaxOutputTokens,
  OutputModalities,
  Prompt,
  Reasoning,
  ToolChoice,
  Voice,
} from '../policy/policy.ts';

const MOST_PAIRS = 16;
const countPairs = (value: unknown): number => Object.keys(value as object).length;

const Metadata = z
  .record(z.string().max(64), z.string().max(512))
  .refine((pairs) => countPairs(pairs) <= MOST_PAIRS, {
    params: { code: 'object_above_max_properties' },
    error: ({ input }) =>
      `Invalid 'response.metadata': too many properties. Expected an object with at most ${MOST_PAIRS} properties, but got an object with ${countPairs(input)} properties instead.`,
  });

/** What `response.create` may set for its response; the session provides the rest. */
export const ResponseParams = z.strictObject({
  instructions: z.string().optional(),
  output_modalities: OutputModalities.optional(),
  audio: z
    .strictObject({
      output: z.strictObject({ format: Format.optional(), voice: Voice.optional() }).optional(),
    })
    .optional(),
  tools: z.array(z.discriminatedUnion('type', [FunctionTool, ResponseMcpTool])).optional(),
  tool_choice: ToolChoice.optional(),
  parallel_tool_calls: z.boolean().optional(),
  input: z
    .array(z.union([ItemInput, z.strictObject({ type: z.literal('item_reference'), id: z.string() })]))
    .optional(),
  conversation: z.enum(['auto', 'none']).optional(),
  metadata: Metadata.nullish(),
  max_output_tokens: MaxOutputTokens.optional(),
  prompt: Prompt.nullish(),
  reasoning: Reasoning.optional(),
});
export type ResponseParams = z.infer<typeof ResponseParams>;
