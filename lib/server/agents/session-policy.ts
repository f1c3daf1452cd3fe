import 'server-only';
import type { RealtimeSessionCreateRequest } from 'openai/resources/realtime/realtime';
import { site } from '@/business/site';
import { requireCallOptions } from '@/lib/server/agents/call-options';
import { composeInstructions } from '@/lib/server/agents/compose-instructions';
import type { Agent } from '@/lib/server/agents/define-agent';
import { listTools } from '@/lib/server/agents/lookup';
import { getEnv } from '@/lib/server/platform/env';
import type { CallOptions } from '@/lib/shared/contract';

/** About 45 seconds of speech (20 tokens a second): a runaway response is cut, and a tool call always fits. */
const MAX_OUTPUT_TOKENS = 1024;

/**
 * The size at which the oldest part of a conversation is dropped: ten minutes of ordinary talk. Every response pays for
 * everything before it, so without a limit a call would grow more expensive by the minute. Dropping a fifth at once
 * keeps the provider's cache useful in between.
 */
const TRUNCATION = {
  type: 'retention_ratio',
  retention_ratio: 0.8,
  token_limits: { post_instructions: 8000 },
} as const;

/** Models that think before they speak. A conversation needs little of it, and every user waits for it. */
const isReasoningModel = (model: string) => model.startsWith('gpt-realtime-2');

/**
 * Returns the policy of a call in the provider's form: who speaks, with which words, voice and tools. The browser adds
 * nothing to it. Throws `bad_request` if `options` are outside the agent's choices.
 */
export function composeSession(
  agent: Agent,
  options: CallOptions = {},
  now = new Date(),
): RealtimeSessionCreateRequest {
  const { realtime } = getEnv();
  const chosen = requireCallOptions(agent, options);
  const language = chosen.language ?? realtime.language;
  const tools = listTools(agent);
  return {
    type: 'realtime',
    model: realtime.model,
    output_modalities: ['audio'],
    instructions: composeInstructions(agent, tools, {
      language,
      accent: chosen.accent ?? realtime.voiceAccent,
      tone: chosen.tone ?? realtime.voiceTone,
      further: realtime.instructions,
      now,
      timeZone: site.timeZone,
    }),
    audio: {
      input: {
        noise_reduction: { type: 'near_field' },
        transcription: { model: realtime.transcriptionModel, language: baseLanguage(language) },
        // People pause in the middle of a date. Semantic detection notices that they have not finished, where a fixed
        // silence would cut them off or delay every response.
        turn_detection: {
          type: 'semantic_vad',
          eagerness: 'auto',
          create_response: true,
          interrupt_response: true,
        },
      },
      output: { voice: chosen.voice ?? agent.voice ?? realtime.voice, speed: 1 },
    },
    tools: tools.map(({ name, description, parameters }) => ({
      type: 'function',
      name,
      description,
      parameters,
    })),
    tool_choice: 'auto',
    max_output_tokens: MAX_OUTPUT_TOKENS,
    truncation: TRUNCATION,
    tracing: null,
    ...(isReasoningModel(realtime.model) ? { reasoning: { effort: 'low' } } : {}),
  };
}

/** Returns an ISO 639 code for the transcription: `pt` for `pt-BR`. */
const baseLanguage = (language: string) => language.split('-')[0] ?? language;
