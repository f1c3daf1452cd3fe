import type { RealtimeSessionCreateRequest } from 'openai/resources/realtime/realtime';
import type { z } from 'zod';
import { merge } from './merge.ts';
import type { SessionPolicy, ToolChoice, Tools } from './policy.ts';

type Audio = NonNullable<SessionPolicy['audio']>;
type Input = NonNullable<Audio['input']>;
type Output = NonNullable<Audio['output']>;

/** What OpenAI calls the effective session: every policy field with its default, echoed to the client. */
export interface Session {
  type: 'realtime';
  object: 'realtime.session';
  id: string;
  model: string;
  output_modalities: ['audio'] | ['text'];
  instructions: string;
  tools: z.infer<typeof Tools>;
  tool_choice: ToolChoice;
  max_output_tokens: number | 'inf';
  tracing: SessionPolicy['tracing'] | null;
  truncation: NonNullable<SessionPolicy['truncation']>;
  prompt: SessionPolicy['prompt'] | null;
  /** Unix seconds; 0 until the session has a call. */
  expires_at: number;
  include: SessionPolicy['include'] | null;
  audio: {
    input: {
      format: NonNullable<Input['format']>;
      transcription: NonNullable<Input['transcription']> | null;
      noise_reduction: NonNullable<Input['noise_reduction']> | null;
      turn_detection: NonNullable<Input['turn_detection']> | null;
    };
    output: { format: NonNullable<Output['format']>; voice: NonNullable<Output['voice']>; speed: number };
  };
  parallel_tool_calls?: boolean;
  reasoning?: SessionPolicy['reasoning'];
}

export const DEFAULT_MODEL = 'gpt-realtime-2.1';
const DEFAULT_INSTRUCTIONS = 'You are a helpful, friendly voice assistant. Answer briefly.';
const PCM = { type: 'audio/pcm', rate: 24000 } as const;

/** The session of a policy, with OpenAI's defaults for what it leaves out. */
export function createSession(policy: SessionPolicy, id: string): Session {
  const model = policy.model ?? DEFAULT_MODEL;
  const defaults: Session = {
    type: 'realtime',
    object: 'realtime.session',
    id,
    model,
    output_modalities: ['audio'],
    instructions: DEFAULT_INSTRUCTIONS,
    tools: [],
    tool_choice: 'auto',
    max_output_tokens: 'inf',
    tracing: null,
    truncation: 'auto',
    prompt: null,
    expires_at: 0,
    include: null,
    audio: {
      input: {
        format: PCM,
        transcription: null,
        noise_reduction: null,
        turn_detection: completeTurnDetection({ type: 'server_vad' }, model),
      },
      output: { format: PCM, voice: 'marin', speed: 1 },
    },
  };
  return updateSession(defaults, policy);
}

/** Deep-merges a validated policy into the session. The caller has checked that the change is allowed. */
export function updateSession(session: Session, policy: SessionPolicy): Session {
  const merged = merge(session, policy);
  const { turn_detection } = merged.audio.input;
  if (merged.instructions === '') merged.instructions = DEFAULT_INSTRUCTIONS;
  merged.audio.input.turn_detection = turn_detection && completeTurnDetection(turn_detection, merged.model);
  return merged;
}

type TurnDetection = NonNullable<Input['turn_detection']>;

/** Silence that ends a turn: 200 ms on the first gpt-realtime, 500 ms on 2.1 and 2.1-mini (recorded traffic). */
const defaultSilenceMs = (model: string): number => (/^gpt-realtime-[2-9]/.test(model) ? 500 : 200);

function completeTurnDetection(given: TurnDetection, model: string): TurnDetection {
  const answering = { create_response: true, interrupt_response: true };
  if (given.type === 'semantic_vad') return { eagerness: 'auto', ...answering, ...given };
  const timing = { threshold: 0.5, prefix_padding_ms: 300, silence_duration_ms: defaultSilenceMs(model) };
  return { ...timing, idle_timeout_ms: null, ...answering, ...given };
}

/** Models that can hold a realtime call. Mint does not check it, the call does (`invalid_model`). */
export const isRealtimeModel = (model: string): boolean =>
  /^(gpt-realtime|gpt-4o(-mini)?-realtime-preview|gpt-audio)/.test(model);

/** A copy for an event. OpenAI's type knows neither the nulls nor `id`, `object` and `expires_at`, which its server sends. */
export const toWireSession = (session: Session): RealtimeSessionCreateRequest =>
  structuredClone(session) as object as RealtimeSessionCreateRequest;
