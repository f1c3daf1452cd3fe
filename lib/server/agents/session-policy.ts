import 'server-only';
import type {
  RealtimeAudioConfigInput,
  RealtimeSessionCreateRequest,
} from 'openai/resources/realtime/realtime';
import { site } from '@/business/site';
import { requireCallOptions } from '@/lib/server/agents/call-options';
import { composeInstructions } from '@/lib/server/agents/compose-instructions';
import type { Agent } from '@/lib/server/agents/define-agent';
import { listTools } from '@/lib/server/agents/lookup';
import { getEnv } from '@/lib/server/platform/env';
import type { CallOptions } from '@/lib/shared/contract';
import type { Pace } from '@/lib/shared/pace';
import { atPace, isReasoningModel, type TurnDetection, TurnTaking } from '@/lib/shared/turn-taking';

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

type TurnDetectionPolicy = NonNullable<RealtimeAudioConfigInput['turn_detection']>;

/** In the provider's form. In both, speech interrupts the agent, and its end asks for a response. */
function toTurnDetection(detection: TurnDetection): TurnDetectionPolicy {
  const both = { create_response: true, interrupt_response: true };
  if (detection.type === 'semantic_vad') {
    return { type: 'semantic_vad', eagerness: detection.eagerness, ...both };
  }
  const { silenceMs, idleMs } = detection;
  return {
    type: 'server_vad',
    silence_duration_ms: silenceMs,
    ...(idleMs === null ? {} : { idle_timeout_ms: idleMs }),
    ...both,
  };
}

/** Returns the agent's own turn-taking over that of the environment, at the caller's pace. */
function chooseTurnTaking({ turnTaking }: Agent, pace: Pace | undefined) {
  const own = TurnTaking.parse(turnTaking ?? {});
  const { detection, noise, effort } = getEnv().realtime.turnTaking;
  return {
    detection: toTurnDetection(atPace(own.detection ?? detection, pace)),
    noise: own.noise ?? noise,
    effort: own.effort ?? effort,
  };
}

/** Custom voices have ids, and are named by an object. */
const toVoice = (voice: string) => (voice.startsWith('voice_') ? { id: voice } : voice);

/** Returns the policy without the parts that the provider refuses. */
function omitParts(session: RealtimeSessionCreateRequest): RealtimeSessionCreateRequest {
  const omitted = new Set(getEnv().realtime.omit);
  const keep = <Part extends object>(part: Part): Part =>
    Object.fromEntries(Object.entries(part).filter(([name]) => !omitted.has(name))) as Part;
  if (omitted.size === 0) return session;
  const { input = {}, output = {} } = session.audio ?? {};
  return keep({ ...session, audio: { input: keep(input), output: keep(output) } });
}

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
  const { detection, noise, effort } = chooseTurnTaking(agent, chosen.pace);
  return omitParts({
    type: 'realtime',
    model: realtime.model,
    output_modalities: ['audio'],
    instructions: composeInstructions(agent, tools, {
      language,
      accent: chosen.accent ?? realtime.voiceAccent,
      tone: chosen.tone ?? realtime.voiceTone,
      saysItIsAi: site.saysItIsAi,
      further: realtime.instructions,
      now,
      timeZone: site.timeZone,
    }),
    audio: {
      input: {
        // Without the field the provider leaves the sound as it is.
        ...(noise === 'off' ? {} : { noise_reduction: { type: noise } }),
        transcription: { model: realtime.transcriptionModel, language: baseLanguage(language) },
        turn_detection: detection,
      },
      output: { voice: toVoice(chosen.voice ?? agent.voice ?? realtime.voice), speed: 1 },
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
    ...(isReasoningModel(realtime.model) ? { reasoning: { effort } } : {}),
  });
}

/** Returns an ISO 639 code for the transcription: `pt` for `pt-BR`. */
const baseLanguage = (language: string) => language.split('-')[0] ?? language;
