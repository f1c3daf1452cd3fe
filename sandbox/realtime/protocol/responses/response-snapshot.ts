import type { RealtimeResponse, RealtimeResponseStatus } from 'openai/resources/realtime/realtime';
import type { Item } from '../conversation/items.ts';
import type { Session } from '../policy/session.ts';
import type { ResponseParams } from './response-params.ts';

export type ResponseStatus = NonNullable<RealtimeResponse['status']>;

/** The session's settings with those of `response.create` applied. */
export interface ResponseSettings {
  conversationId: string | null;
  modalities: ['audio'] | ['text'];
  voice: string;
  speed: number;
  maxOutputTokens: number | 'inf';
  format: Session['audio']['output']['format'];
  /** 2.x models mark messages as commentary or final answer. */
  marksPhases: boolean;
}

export function resolveSettings(
  session: Session,
  params: ResponseParams,
  conversationId: string | null,
): ResponseSettings {
  const { voice, speed, format } = session.audio.output;
  const wanted = { voice, format, ...params.audio?.output };
  return {
    conversationId,
    modalities: params.output_modalities ?? session.output_modalities,
    voice: typeof wanted.voice === 'string' ? wanted.voice : wanted.voice.id,
    speed,
    maxOutputTokens: params.max_output_tokens ?? session.max_output_tokens,
    format: wanted.format,
    marksPhases: /^gpt-realtime-[2-9]/.test(session.model),
  };
}

type WireResponse = Omit<RealtimeResponse, 'usage' | 'status_details' | 'conversation_id'> & {
  usage: RealtimeResponse['usage'] | null;
  status_details: RealtimeResponseStatus | null;
  conversation_id: string | null;
};

/** The response as the wire shows it. OpenAI's type leaves out the nulls that its server sends. */
export function toWireResponse(
  id: string,
  status: ResponseStatus,
  output: readonly Item[],
  usage: RealtimeResponse['usage'] | null,
  settings: ResponseSettings,
  metadata: ResponseParams['metadata'],
): RealtimeResponse {
  const response: WireResponse = {
    object: 'realtime.response',
    id,
    status,
    status_details: null,
    output: structuredClone([...output]),
    conversation_id: settings.conversationId,
    output_modalities: settings.modalities,
    max_output_tokens: settings.maxOutputTokens,
    audio: { output: { format: settings.format, voice: settings.voice } },
    usage,
    metadata: metadata ?? null,
  };
  return response as RealtimeResponse;
}

/** How a response ended, in the words of `response.done`. */
export const statusDetails = {
  cancelled: (reason: 'turn_detected' | 'client_cancelled'): RealtimeResponseStatus => ({
    type: 'cancelled',
    reason,
  }),
  outOfTokens: (): RealtimeResponseStatus => ({ type: 'incomplete', reason: 'max_output_tokens' }),
  failed: (code: string, message: string): RealtimeResponseStatus => {
    const error = { type: code === 'server_error' ? 'server_error' : 'invalid_request_error', code, message };
    return { type: 'failed', error };
  },
};
