import type {
  RealtimeSessionCreateRequest,
  RealtimeTranscriptionSessionCreateRequest,
} from 'openai/resources/realtime/realtime';
import type { z } from 'zod';
import { ApiError } from '../events/api-error.ts';
import { hideCredentials } from '../mcp/credentials.ts';
import { merge } from './merge.ts';
import type { RealtimePolicy, SessionPolicy, ToolChoice, Tools } from './policy.ts';
import { REALTIME_WHISPER, requireOptionsOfModel } from './transcription-options.ts';

type Audio = NonNullable<RealtimePolicy['audio']>;
type Input = NonNullable<Audio['input']>;
type Output = NonNullable<Audio['output']>;

/**
 * What OpenAI calls the effective session: every policy field with its default, echoed to the client. A session that
 * only transcribes has the same fields here; those of a conversation keep their defaults and are not shown.
 */
export interface Session {
  type: 'realtime' | 'transcription';
  object: 'realtime.session' | 'realtime.transcription_session';
  id: string;
  model: string;
  output_modalities: ['audio'] | ['text'];
  instructions: string;
  tools: z.infer<typeof Tools>;
  tool_choice: ToolChoice;
  max_output_tokens: number | 'inf';
  tracing: RealtimePolicy['tracing'] | null;
  truncation: NonNullable<RealtimePolicy['truncation']>;
  prompt: RealtimePolicy['prompt'] | null;
  /** Unix seconds; 0 until the session has a call. */
  expires_at: number;
  include: RealtimePolicy['include'] | null;
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
  reasoning?: RealtimePolicy['reasoning'];
}

const DEFAULT_MODEL = 'gpt-realtime-2.1';
const DEFAULT_INSTRUCTIONS = 'You are a helpful, friendly voice assistant. Answer briefly.';
const PCM = { type: 'audio/pcm', rate: 24000 } as const;

/** The session of a policy, with OpenAI's defaults for what it leaves out. */
export function createSession(policy: SessionPolicy, id: string): Session {
  const converses = policy.type === 'realtime';
  const model = (converses && policy.model) || DEFAULT_MODEL;
  const defaults: Session = {
    type: policy.type,
    object: converses ? 'realtime.session' : 'realtime.transcription_session',
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

/**
 * Deep-merges a validated policy into the session. The caller has checked that the change is allowed. @throws ApiError
 * 400 for the other type of session, and for turn detection or an option that the transcription model does not have
 */
export function updateSession(session: Session, policy: SessionPolicy): Session {
  if (session.type !== policy.type) {
    const message = `Passing a ${policy.type} session update event to a ${session.type} session is not allowed.`;
    throw new ApiError(400, 'invalid_parameter', message, 'session.type');
  }
  const merged = merge(session, policy);
  const { input } = merged.audio;
  const given = policy.audio?.input?.transcription;
  if (given && input.transcription?.model) requireOptionsOfModel(given, input.transcription.model);
  if (merged.instructions === '') merged.instructions = DEFAULT_INSTRUCTIONS;
  input.turn_detection &&= completeTurnDetection(input.turn_detection, merged.model);
  if (merged.type === 'transcription') withoutAnswers(input, policy);
  return merged;
}

function withoutAnswers(input: Session['audio']['input'], policy: SessionPolicy): void {
  // The only model that finds no turns: the client commits them.
  if (input.transcription?.model === REALTIME_WHISPER) {
    if (policy.audio?.input?.turn_detection) {
      const message = `Turn detection is not supported with ${REALTIME_WHISPER} in a transcription session: set it to null.`;
      throw new ApiError(400, 'invalid_value', message, 'session.audio.input.turn_detection');
    }
    input.turn_detection = null;
  }
  if (!input.turn_detection) return;
  input.turn_detection = { ...input.turn_detection, create_response: false, interrupt_response: false };
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

/**
 * Mint does not check the model, the call does. @throws ApiError 400 `invalid_model` unless the session's model can hold
 * a conversation
 */
export function requireRealtimeModel({ type, model }: Session): void {
  if (type === 'transcription' || /^(gpt-realtime|gpt-4o(-mini)?-realtime-preview|gpt-audio)/.test(model))
    return;
  throw new ApiError(
    400,
    'invalid_model',
    `Model "${model}" is not supported in realtime mode.`,
    'session.model',
  );
}

type WireSession = RealtimeSessionCreateRequest | RealtimeTranscriptionSessionCreateRequest;

/**
 * A copy for the client, without what opens an MCP server. OpenAI's type knows neither the nulls nor `id`, `object` and
 * `expires_at`, which its server sends.
 */
export function toWireSession(session: Session): WireSession {
  const copy = structuredClone({ ...session, tools: hideCredentials(session.tools) });
  if (copy.type === 'realtime') return copy as object as WireSession;
  const { type, object, id, expires_at, include, audio } = copy;
  const { create_response, interrupt_response, ...turn_detection } = audio.input.turn_detection ?? {};
  const input = { ...audio.input, turn_detection: audio.input.turn_detection && turn_detection };
  return { type, object, id, expires_at, include, audio: { input } } as object as WireSession;
}
