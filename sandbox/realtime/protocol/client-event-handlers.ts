import type { ClientEvent } from './client-event.ts';
import { appendItem } from './conversation/append-item.ts';
import type { Conversation, Entry } from './conversation/conversation.ts';
import { toItem, unheardAudio } from './conversation/item-schema.ts';
import { truncateSpoken } from './conversation/truncate.ts';
import { ApiError } from './events/api-error.ts';
import type { EventStream } from './events/event-stream.ts';
import { fromZodIssue } from './events/zod-refusal.ts';
import type { RemoteTools } from './mcp/remote-tools.ts';
import { SessionPolicy } from './policy/policy.ts';
import { type Session, updateSession } from './policy/session.ts';
import type { Responses } from './responses/responses.ts';
import type { VoiceTurns } from './turns/voice-turns.ts';

/** The parts of a call that a client's event reads or changes. */
interface EventTarget {
  readonly conversation: Conversation;
  readonly remote: RemoteTools;
  readonly events: EventStream;
  readonly responses: Responses;
  readonly turns: VoiceTurns;
  readonly session: Session;
  readonly hasSpoken: boolean;
  readonly playsVoice: boolean;
  updateSession(session: Session): void;
  silence(): void;
}

type Voice = Session['audio']['output']['voice'];
type Type = ClientEvent['type'];
type EventOf<T extends Type> = Extract<ClientEvent, { type: T }>;
type Handlers = { [T in Type]: (call: EventTarget, event: EventOf<T>) => void };

const HANDLERS: Handlers = {
  'session.update': (call, event) => call.updateSession(patchedSession(call, event.session)),
  'conversation.item.create': ({ conversation, events, turns, remote }, event) => {
    const { item } = event;
    if (item.type === 'mcp_approval_response') remote.requireRequest(item.approval_request_id);
    if (item.type === 'function_call_output') conversation.requireFunctionCall(item.call_id);
    const audio = unheardAudio(item);
    const spoken = audio === null ? { audioMs: 0, heard: null } : turns.hear(audio);
    appendItem(conversation, events.emit, { item: toItem(item), ...spoken }, event.previous_item_id);
    if (item.type === 'mcp_approval_response') {
      remote.decide(item.approval_request_id, item.approve, item.reason ?? null);
    }
  },
  'conversation.item.retrieve': ({ conversation, events }, { item_id }) => {
    const { item } = conversation.get(item_id, 'retrieve');
    events.emit({ type: 'conversation.item.retrieved', item: structuredClone(item) });
  },
  'conversation.item.delete': ({ conversation, events }, { item_id }) => {
    conversation.remove(item_id);
    events.emit({ type: 'conversation.item.deleted', item_id });
  },
  'conversation.item.truncate': truncate,
  'response.create': (call, event) => {
    call.remote.requirePermitted(event.response?.tools ?? [], 'response.tools');
    const voice = event.response?.audio?.output?.voice;
    if (voice && event.response?.conversation !== 'none') requireVoice(call, voice, 'response');
    call.responses.create(event.response ?? {});
  },
  'response.cancel': (call, event) => call.responses.cancel(event.response_id),
  'output_audio_buffer.clear': (call) => {
    if (call.playsVoice) return call.silence();
    const message =
      "'output_audio_buffer.clear' is for WebRTC and SIP only: on a WebSocket the client plays.";
    throw new ApiError(400, 'invalid_value', message, 'type');
  },
  'input_audio_buffer.clear': (call) => call.turns.clear(),
  'input_audio_buffer.commit': (call) => call.turns.commit(),
  'input_audio_buffer.append': (call, event) => call.turns.append(event.audio),
};

/** Applies a client event. @throws ApiError the content of the `error` event */
export function answerClientEvent<T extends Type>(call: EventTarget, event: EventOf<T> & { type: T }): void {
  if (call.session.type === 'transcription' && CONVERSATION_ONLY.has(event.type)) {
    const message = `'${event.type}' is not allowed in a transcription session.`;
    throw new ApiError(400, 'invalid_value', message, 'type');
  }
  HANDLERS[event.type](call, event);
}

/** A transcription session has an input and nobody who answers. */
const CONVERSATION_ONLY: ReadonlySet<Type> = new Set<Type>([
  'conversation.item.create',
  'conversation.item.truncate',
  'response.create',
  'response.cancel',
  'output_audio_buffer.clear',
]);

function truncate(
  { conversation, events, responses }: EventTarget,
  event: EventOf<'conversation.item.truncate'>,
): void {
  const { item_id, content_index, audio_end_ms } = event;
  const entry = conversation.get(item_id, 'truncate');
  requireSound(entry, content_index, audio_end_ms);
  if (truncateSpoken(entry, audio_end_ms) === '') responses.unsay(item_id);
  events.emit({ type: 'conversation.item.truncated', item_id, content_index, audio_end_ms });
}

/** @throws ApiError `unsupported_content_type` where there is none, `invalid_value` where there is less */
function requireSound({ item, audioMs }: Entry, contentIndex: number, neededMs: number): void {
  const isSpoken = item.type === 'message' && item.role === 'assistant' && audioMs > 0;
  if (!isSpoken || contentIndex !== 0) {
    const message = 'Only model output audio messages can be truncated';
    throw new ApiError(400, 'unsupported_content_type', message);
  }
  if (neededMs <= audioMs) return;
  const message = `Audio content of ${Math.floor(audioMs)}ms is already shorter than ${neededMs}ms`;
  throw new ApiError(400, 'invalid_value', message);
}

/** The session after an allowed `session.update`. A forbidden change refuses the whole update. */
function patchedSession(call: EventTarget, raw: unknown): Session {
  const parsed = SessionPolicy.safeParse(raw);
  if (!parsed.success) throw fromZodIssue(parsed.error.issues, raw, 'session');
  const next = updateSession(call.session, parsed.data);
  call.remote.requirePermitted(next.tools, 'session.tools');
  if (next.model !== call.session.model) {
    const message = 'The model of a session cannot be changed after it is created.';
    throw new ApiError(400, 'invalid_value', message, 'session.model');
  }
  requireVoice(call, next.audio.output.voice, 'session');
  return next;
}

/** @throws ApiError `cannot_update_voice` for another one, once it was heard */
function requireVoice(call: EventTarget, voice: Voice, root: 'session' | 'response'): void {
  if (!call.hasSpoken || JSON.stringify(voice) === JSON.stringify(call.session.audio.output.voice)) return;
  const message = "Cannot update a conversation's voice if assistant audio is present.";
  throw new ApiError(400, 'cannot_update_voice', message, `${root}.audio.output.voice`);
}
