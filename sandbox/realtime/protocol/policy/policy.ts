import { z } from 'zod';
import { McpTool, McpToolChoice } from '../mcp/tool-schema.ts';

/**
 * The session policy that a client may send: at mint, at the call, and in `session.update`.
 * Shape: openai `RealtimeSessionCreateRequest`. Unknown keys are refused, as OpenAI refuses them.
 */
export const VOICES = [
  'alloy',
  'ash',
  'ballad',
  'coral',
  'echo',
  'sage',
  'shimmer',
  'verse',
  'marin',
  'cedar',
] as const;

export const Format = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('audio/pcm'), rate: z.literal(24000).optional() }),
  z.strictObject({ type: z.literal('audio/pcmu') }),
  z.strictObject({ type: z.literal('audio/pcma') }),
]);

const answering = { create_response: z.boolean().optional(), interrupt_response: z.boolean().optional() };

const ServerVad = z.strictObject({
  type: z.literal('server_vad'),
  threshold: z.number().min(0).max(1).optional(),
  prefix_padding_ms: z.number().int().min(0).max(10_000).optional(),
  silence_duration_ms: z.number().int().min(0).max(10_000).optional(),
  idle_timeout_ms: z.number().int().min(5_000).max(30_000).nullish(),
  ...answering,
});

const SemanticVad = z.strictObject({
  type: z.literal('semantic_vad'),
  eagerness: z.enum(['low', 'medium', 'high', 'auto']).optional(),
  ...answering,
});

const Transcription = z.strictObject({
  model: z.string().optional(),
  language: z.string().optional(),
  languages: z.array(z.string()).optional(),
  keywords: z.array(z.string()).optional(),
  prompt: z.string().optional(),
  delay: z.enum(['minimal', 'low', 'medium', 'high', 'xhigh']).optional(),
});

export const Voice = z.union([z.enum(VOICES), z.strictObject({ id: z.string() })]);

const AudioInput = z.strictObject({
  format: Format.optional(),
  noise_reduction: z
    .strictObject({ type: z.enum(['near_field', 'far_field']), strength: z.number().optional() })
    .nullish(),
  transcription: Transcription.nullish(),
  turn_detection: z.discriminatedUnion('type', [ServerVad, SemanticVad]).nullish(),
});

const AudioOutput = z.strictObject({
  format: Format.optional(),
  voice: Voice.optional(),
  speed: z.number().min(0.25).max(1.5).optional(),
});

export const FunctionTool = z.strictObject({
  type: z.literal('function'),
  name: z
    .string()
    .min(1)
    .max(64)
    .regex(/^[a-zA-Z0-9_-]+$/),
  description: z.string().optional(),
  parameters: z.unknown().optional(),
});
export const Tools = z.array(z.discriminatedUnion('type', [FunctionTool, McpTool]));

export const ToolChoice = z.union([
  z.enum(['auto', 'none', 'required']),
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('function'), name: z.string() }),
    McpToolChoice,
  ]),
]);

const isModalities = (value: unknown): value is ['audio'] | ['text'] =>
  Array.isArray(value) && value.length === 1 && (value[0] === 'audio' || value[0] === 'text');

export const OutputModalities = z.custom<['audio'] | ['text']>(isModalities, {
  error: ({ input }) => {
    const given = Array.isArray(input) ? input.map((one) => `'${one}'`).join(', ') : String(input);
    return `Invalid modalities: [${given}]. Supported combinations are: ['text'] and ['audio'].`;
  },
});
export const MaxOutputTokens = z.union([z.literal('inf'), z.number().int().min(1).max(4096)]);
/** Templates live at OpenAI: here every one is unknown. */
export const Prompt = z.looseObject({ id: z.string() }).refine(() => false, {
  error: ({ input }) => `Prompt with id '${(input as { id: string }).id}' not found.`,
});
export const Reasoning = z.strictObject({
  effort: z.enum(['minimal', 'low', 'medium', 'high', 'xhigh']).optional(),
});

const Truncation = z.union([
  z.enum(['auto', 'disabled']),
  z.strictObject({
    type: z.literal('retention_ratio'),
    retention_ratio: z.number().min(0).max(1),
    token_limits: z.strictObject({ post_instructions: z.number().int().min(0).optional() }).optional(),
  }),
]);

const Tracing = z.union([
  z.literal('auto'),
  z.strictObject({
    workflow_name: z.string().optional(),
    group_id: z.string().optional(),
    metadata: z.unknown().optional(),
  }),
]);

/** The recogniser returns no log probabilities, so that an empty list is all that can be included. */
const Include = z.array(z.never({ error: 'The sandbox has no log probabilities to include.' })).nullish();

/** A conversation. */
const RealtimePolicy = z.strictObject({
  type: z.literal('realtime'),
  model: z.string().min(1).optional(),
  instructions: z.string().optional(),
  output_modalities: OutputModalities.optional(),
  audio: z.strictObject({ input: AudioInput.optional(), output: AudioOutput.optional() }).optional(),
  tools: Tools.optional(),
  tool_choice: ToolChoice.optional(),
  parallel_tool_calls: z.boolean().optional(),
  reasoning: Reasoning.optional(),
  max_output_tokens: MaxOutputTokens.optional(),
  truncation: Truncation.optional(),
  tracing: Tracing.nullish(),
  prompt: Prompt.nullish(),
  include: Include,
});
export type RealtimePolicy = z.infer<typeof RealtimePolicy>;

const transcribing = { create_response: true, interrupt_response: true, idle_timeout_ms: true } as const;

/** Shape: openai `RealtimeTranscriptionSessionCreateRequest`. Nobody answers in it. */
const TranscriptionPolicy = z.strictObject({
  type: z.literal('transcription'),
  audio: z
    .strictObject({
      input: AudioInput.extend({
        turn_detection: z
          .discriminatedUnion('type', [
            ServerVad.omit(transcribing),
            SemanticVad.omit({ create_response: true, interrupt_response: true }),
          ])
          .nullish(),
      }).optional(),
    })
    .optional(),
  include: Include,
});

export const SessionPolicy = z.discriminatedUnion('type', [RealtimePolicy, TranscriptionPolicy]);
export type SessionPolicy = z.infer<typeof SessionPolicy>;
export type ToolChoice = z.infer<typeof ToolChoice>;
export type FunctionTool = z.infer<typeof FunctionTool>;
