import { asFields, type Fields, isFields } from '@/lib/client/state/as-fields';
import type { ServerEvent } from '@/lib/client/state/call-event';
import { ToolCallId } from '@/lib/shared/ids';
import { readEventCause } from '@/lib/shared/read-provider-cause';

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');
const idOrNull = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' && value !== 'root' ? value : null;

/** Parses a tool's arguments. Returns `null` when they are not a JSON object: a model wrote them. */
export function parseArguments(json: string): Fields | null {
  try {
    const value: unknown = JSON.parse(json.trim() === '' ? '{}' : json);
    return isFields(value) ? value : null;
  } catch {
    return null;
  }
}

/** Returns the words of a message that is complete when it is added (typed, or seeded); `null` when they come later. */
function messageText(item: Fields): string | null {
  const parts = Array.isArray(item.content) ? item.content.map(asFields) : [];
  const texts = parts.flatMap(({ text, transcript }) => {
    const words = typeof text === 'string' ? text : transcript;
    return typeof words === 'string' && words !== '' ? [words] : [];
  });
  return item.status !== 'in_progress' && texts.length > 0 ? texts.join(' ') : null;
}

/** One without a usable id is refused by `sdk-tools`, so the screen shows nothing of it. */
const readToolCallId = (id: unknown): ToolCallId | null => ToolCallId.safeParse(id).data ?? null;

function readItem(event: Fields, atMs: number): ServerEvent | null {
  const item = asFields(event.item);
  const itemId = asText(item.id);
  if (itemId === '') return null;
  const isMessage = item.type === 'message';
  const isUser = isMessage && item.role === 'user';
  const isAgent = isMessage && item.role === 'assistant';
  const parts = Array.isArray(item.content) ? item.content.map(asFields) : [];
  return {
    type: 'item_added',
    itemId,
    previousItemId: idOrNull(event.previous_item_id),
    role: isUser ? 'user' : isAgent ? 'agent' : 'other',
    text: isUser || isAgent ? messageText(item) : null,
    typed: isUser && parts.some((part) => part.type === 'input_text'),
    toolCallId: item.type === 'function_call' ? readToolCallId(item.call_id) : null,
    atMs,
  };
}

function readToolRequest(event: Fields, atMs: number): ServerEvent | null {
  const item = asFields(event.item);
  const toolCallId = readToolCallId(item.call_id);
  if (item.type !== 'function_call' || item.status !== 'completed' || toolCallId === null) return null;
  return {
    type: 'tool_requested',
    itemId: asText(item.id),
    toolCallId,
    name: asText(item.name),
    arguments: parseArguments(asText(item.arguments)) ?? {},
    atMs,
  };
}

function readResponseItem(event: Fields): ServerEvent | null {
  const item = asFields(event.item);
  const itemId = asText(item.id);
  if (item.type !== 'message' || itemId === '') return null;
  return { type: 'response_item', responseId: asText(event.response_id), itemId };
}

function readResponseDone(event: Fields, atMs: number): ServerEvent {
  const response = asFields(event.response);
  const details = asFields(response.status_details);
  const done = { type: 'response_done', responseId: asText(response.id), atMs } as const;
  switch (response.status) {
    case 'cancelled':
      return { ...done, status: 'cancelled' };
    case 'incomplete':
      return { ...done, status: 'incomplete', isFiltered: details.reason === 'content_filter' };
    case 'failed':
      return { ...done, status: 'failed', cause: readEventCause(asFields(details.error)) ?? 'outage' };
    default:
      return { ...done, status: 'completed' };
  }
}

function readEvent(event: Fields, atMs: number): ServerEvent | null {
  const itemId = asText(event.item_id);
  const responseId = asText(event.response_id);
  switch (event.type) {
    case 'conversation.item.added':
      return readItem(event, atMs);
    case 'conversation.item.deleted':
      return { type: 'item_deleted', itemId };
    case 'conversation.item.truncated':
      return { type: 'item_truncated', itemId, audioEndMs: Number(event.audio_end_ms) || 0 };
    case 'session.created': {
      const { input } = asFields(asFields(event.session).audio);
      return asFields(input).transcription === null ? { type: 'transcription_off' } : null;
    }
    case 'session.updated': {
      const { input } = asFields(asFields(event.session).audio);
      return asFields(input).turn_detection === null ? { type: 'detection_held' } : null;
    }
    case 'input_audio_buffer.speech_started':
      return { type: 'user_speech_started', itemId };
    case 'input_audio_buffer.speech_stopped':
      return { type: 'user_speech_stopped', itemId, atMs };
    case 'input_audio_buffer.committed': {
      const previousItemId = idOrNull(event.previous_item_id);
      return { type: 'user_speech_committed', itemId, previousItemId, atMs };
    }
    case 'conversation.item.input_audio_transcription.delta':
      return { type: 'user_words', itemId, delta: asText(event.delta) };
    case 'conversation.item.input_audio_transcription.completed':
      return { type: 'user_words_done', itemId, text: asText(event.transcript) };
    case 'conversation.item.input_audio_transcription.failed':
      return { type: 'user_words_failed', itemId, cause: readEventCause(asFields(event.error)) };
    case 'response.created':
      return { type: 'response_started', responseId: asText(asFields(event.response).id) };
    case 'response.output_item.added':
      return readResponseItem(event);
    case 'response.output_item.done':
      return readToolRequest(event, atMs);
    case 'response.output_audio_transcript.delta':
    case 'response.output_text.delta': {
      const aloud = event.type === 'response.output_audio_transcript.delta';
      return { type: 'agent_words', responseId, itemId, delta: asText(event.delta), aloud };
    }
    case 'response.output_audio_transcript.done':
      return { type: 'agent_words_done', responseId, itemId, text: asText(event.transcript), aloud: true };
    case 'response.output_text.done':
      return { type: 'agent_words_done', responseId, itemId, text: asText(event.text), aloud: false };
    case 'response.done':
      return readResponseDone(event, atMs);
    case 'output_audio_buffer.started':
      return { type: 'playback_started', responseId, atMs };
    case 'output_audio_buffer.stopped':
      return { type: 'playback_stopped', responseId };
    case 'output_audio_buffer.cleared':
      return { type: 'playback_cleared', responseId, atMs };
    case 'error': {
      const error = asFields(event.error);
      return { type: 'server_error', code: asText(error.code), cause: readEventCause(error) };
    }
    default:
      return null;
  }
}

/**
 * Translates one raw event of the Realtime data channel. Returns `null` for events that change nothing on the screen.
 * Names and fields: `openai/resources/realtime/realtime.d.ts`, `RealtimeServerEvent`. The input may have any shape.
 */
export function readServerEvent(raw: unknown, atMs: number): ServerEvent | null {
  const event = readEvent(asFields(raw), atMs);
  if (event === null) return null;
  const isNameless =
    ('itemId' in event && event.itemId === '') || ('responseId' in event && event.responseId === '');
  return isNameless ? null : event;
}
