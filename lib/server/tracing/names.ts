import 'server-only';

/**
 * Names of attributes by the GenAI conventions of OpenTelemetry (open-telemetry/semantic-conventions-genai, November 2026,
 * status "development": they will move), and our own under `parley.`.
 */
export const ATTRIBUTES = {
  operation: 'gen_ai.operation.name',
  provider: 'gen_ai.provider.name',
  model: 'gen_ai.request.model',
  conversation: 'gen_ai.conversation.id',
  agent: 'gen_ai.agent.name',
  output: 'gen_ai.output.type',
  toolName: 'gen_ai.tool.name',
  toolCallId: 'gen_ai.tool.call.id',
  inputTokens: 'gen_ai.usage.input_tokens',
  outputTokens: 'gen_ai.usage.output_tokens',
  cachedTokens: 'gen_ai.usage.cache_read.input_tokens',
  audioInputTokens: 'gen_ai.usage.audio.input_tokens',
  audioOutputTokens: 'gen_ai.usage.audio.output_tokens',
  textInputTokens: 'gen_ai.usage.text.input_tokens',
  textOutputTokens: 'gen_ai.usage.text.output_tokens',
  error: 'error.type',
  session: 'session.id',
  user: 'user.id',
  langfuseName: 'langfuse.trace.name',
  connect: 'parley.connect',
  reason: 'parley.end_reason',
  seconds: 'parley.charged_seconds',
  estimatedUsd: 'parley.estimated_usd',
  reservedSeconds: 'parley.reserved_seconds',
  outcome: 'parley.outcome',
  waitSeconds: 'parley.wait_seconds',
  reportedBy: 'parley.reported_by',
} as const;
