import type { ConversationEvent } from '@/lib/client/state/call-event';
import type { Conversation, Tracking } from '@/lib/client/state/call-state';
import {
  addEntry,
  addNote,
  entryKey,
  hasEntry,
  placeItem,
  removeEntry,
  updateEntry,
} from '@/lib/client/state/transcript/conversation';
import { reduceToolEvent } from '@/lib/client/state/transcript/reduce-tool-event';
import {
  clearPlayback,
  cutMessage,
  cutSpeech,
  dropEmptyMessages,
  finishSpeech,
  isUnheard,
} from '@/lib/client/state/transcript/spoken-so-far';
import { isPermanent, PROVIDER_CAUSES, type ProviderCause } from '@/lib/shared/provider-cause';

type EventOf<Type extends ConversationEvent['type']> = Extract<ConversationEvent, { type: Type }>;

const withTracking = (conversation: Conversation, change: Partial<Tracking>): Conversation => ({
  ...conversation,
  tracking: { ...conversation.tracking, ...change },
});

function ensureUserEntry(conversation: Conversation, id: string, typed = false): Conversation {
  if (hasEntry(conversation, id)) return conversation;
  return addEntry(conversation, { kind: 'user', id, text: '', state: 'hearing', typed });
}

/** The entry of a sentence whose words are still to come, if they are. */
const awaitWords = (conversation: Conversation, id: string): Conversation =>
  conversation.tracking.transcribes ? ensureUserEntry(conversation, id) : conversation;

function ensureAgentEntry(conversation: Conversation, id: string): Conversation {
  if (hasEntry(conversation, id)) return conversation;
  const { speaker } = conversation.tracking;
  return addEntry(conversation, { kind: 'agent', id, text: '', spokenChars: 0, state: 'speaking', speaker });
}

function joinResponse(conversation: Conversation, responseId: string, itemId: string): Conversation {
  const items = conversation.tracking.responses[responseId] ?? [];
  if (items.includes(itemId)) return conversation;
  return withTracking(conversation, {
    responses: { ...conversation.tracking.responses, [responseId]: [...items, itemId] },
  });
}

function addItem(conversation: Conversation, event: EventOf<'item_added'>): Conversation {
  const { itemId, role, text, toolCallId, typed } = event;
  const known =
    toolCallId === null
      ? conversation
      : withTracking(conversation, { toolKeys: { ...conversation.tracking.toolKeys, [itemId]: toolCallId } });
  const previousKey = event.previousItemId === null ? null : entryKey(known, event.previousItemId);
  const placed = placeItem(known, entryKey(known, itemId), previousKey);
  if (role === 'user') {
    if (text === null && !typed) return awaitWords(placed, itemId);
    const entered = updateEntry(ensureUserEntry(placed, itemId, typed), 'user', itemId, (entry) =>
      text === null ? entry : { ...entry, text, state: 'done' },
    );
    return typed ? withTracking(entered, { waitingSinceMs: event.atMs }) : entered;
  }
  if (role === 'agent') {
    return updateEntry(ensureAgentEntry(placed, itemId), 'agent', itemId, (entry) =>
      text === null ? entry : { ...entry, text, spokenChars: text.length, state: 'done' },
    );
  }
  return placed;
}

function addAgentWords(conversation: Conversation, event: EventOf<'agent_words'>): Conversation {
  const joined = joinResponse(ensureAgentEntry(conversation, event.itemId), event.responseId, event.itemId);
  return updateEntry(joined, 'agent', event.itemId, (entry) => {
    if (entry.state === 'interrupted') return entry;
    const text = entry.text + event.delta;
    return { ...entry, text, spokenChars: event.aloud ? entry.spokenChars : text.length };
  });
}

function finishAgentWords(conversation: Conversation, event: EventOf<'agent_words_done'>): Conversation {
  return updateEntry(conversation, 'agent', event.itemId, (entry) => {
    if (entry.state === 'interrupted') return entry;
    // A message of several parts reports each part alone: never replace the whole by a part.
    const text = event.text.length >= entry.text.length ? event.text : entry.text;
    if (!event.aloud || entry.state === 'done') {
      return { ...entry, text, state: 'done', spokenChars: text.length };
    }
    return text === entry.text ? entry : { ...entry, text };
  });
}

/** A permanent cause ends the call, and the end says why. */
function failureNote(cause: ProviderCause): string {
  if (isPermanent(cause)) return 'The voice service no longer answers.';
  return PROVIDER_CAUSES[cause].code === 'provider_busy'
    ? 'The voice service is very busy. Wait a moment, then say it again.'
    : 'The agent could not answer that. Please say it again.';
}

function finishResponse(conversation: Conversation, event: EventOf<'response_done'>): Conversation {
  const { responseId, status } = event;
  const { tracking } = conversation;
  const worded = dropEmptyMessages(conversation, responseId);
  const freed = tracking.respondingId === responseId ? withTracking(worded, { respondingId: null }) : worded;
  const brokeOff = status === 'cancelled' || status === 'failed';
  // While it is being played, the playback events say what was heard.
  const cut = brokeOff && tracking.playing?.responseId !== responseId ? cutSpeech(freed, responseId) : freed;
  if (event.status === 'failed') return addNote(cut, failureNote(event.cause));
  const isFiltered = event.status === 'incomplete' && event.isFiltered;
  const noted = isFiltered ? addNote(cut, 'The voice service stopped this answer.') : cut;
  const awaitsSound = !brokeOff && isUnheard(noted, responseId);
  return awaitsSound ? withTracking(noted, { waitingSinceMs: event.atMs }) : noted;
}

function handOff(conversation: Conversation, event: EventOf<'handed_off'>): Conversation {
  const { agent, tools, toolCallId } = event;
  const from = conversation.tracking.speaker ?? '';
  const id = `handoff-${toolCallId}`;
  if (hasEntry(conversation, id)) return conversation;
  const noted = addEntry(conversation, { kind: 'handoff', id, from, to: agent.title });
  return withTracking(noted, { speaker: agent.title, tools });
}

type Heard = EventOf<'user_speech_started' | 'user_speech_stopped' | 'user_speech_committed'>;

/** The server hears the user, up to the sentence that is an item of the conversation. Its words come on their own. */
function hearUser(conversation: Conversation, event: Heard): Conversation {
  const { transcribes, waitingSinceMs } = conversation.tracking;
  if (event.type === 'user_speech_started') {
    const begun = awaitWords(conversation, event.itemId);
    return withTracking(begun, { userSpeaking: true, waitingSinceMs: null });
  }
  const spoken = { userSpeaking: false, sentenceUnconfirmed: !transcribes };
  if (event.type === 'user_speech_stopped') {
    return withTracking(conversation, { ...spoken, waitingSinceMs: event.atMs });
  }
  const { itemId, previousItemId } = event;
  const previousKey = previousItemId === null ? null : entryKey(conversation, previousItemId);
  const placed = placeItem(conversation, itemId, previousKey);
  return withTracking(placed, { ...spoken, waitingSinceMs: waitingSinceMs ?? event.atMs });
}

/** What the user had begun to say before detection was held is never heard to its end. */
function dropSpeech(conversation: Conversation): Conversation {
  if (!conversation.tracking.userSpeaking) return conversation;
  const begun = conversation.transcript.findLast(({ kind }) => kind === 'user');
  const isOpen = begun?.kind === 'user' && begun.state === 'hearing';
  return withTracking(isOpen ? removeEntry(conversation, begun.id) : conversation, { userSpeaking: false });
}

/** The interruption that follows cuts the words that broke the rule. */
function noteGuardrail(conversation: Conversation, event: EventOf<'guardrail_tripped'>): Conversation {
  const id = `guardrail-${event.itemId}`;
  if (hasEntry(conversation, id)) return conversation;
  const { rule, text } = event;
  const noted = addEntry(conversation, { kind: 'guardrail', id, rule, text });
  return placeItem(noted, id, event.itemId);
}

/** Applies one event of the conversation. Returns the same object when nothing changes. */
export function reduceConversation(conversation: Conversation, event: ConversationEvent): Conversation {
  switch (event.type) {
    case 'item_added':
      return addItem(conversation, event);
    case 'item_deleted':
      return removeEntry(conversation, entryKey(conversation, event.itemId));
    case 'item_truncated':
      return cutMessage(conversation, event.itemId, event.audioEndMs);
    case 'user_speech_started':
    case 'user_speech_stopped':
    case 'user_speech_committed':
      return hearUser(conversation, event);
    case 'transcription_off':
      return withTracking(conversation, { transcribes: false });
    case 'detection_held':
      return dropSpeech(conversation);
    case 'user_words':
      return updateEntry(ensureUserEntry(conversation, event.itemId), 'user', event.itemId, (entry) =>
        entry.state === 'hearing' ? { ...entry, text: entry.text + event.delta } : entry,
      );
    case 'user_words_done': {
      const text = event.text.trim();
      if (text === '') return removeEntry(conversation, event.itemId);
      return updateEntry(ensureUserEntry(conversation, event.itemId), 'user', event.itemId, (entry) => ({
        ...entry,
        text,
        state: 'done',
      }));
    }
    case 'user_words_failed':
      return updateEntry(ensureUserEntry(conversation, event.itemId), 'user', event.itemId, (entry) => ({
        ...entry,
        state: 'failed',
      }));
    case 'response_started':
      return withTracking(conversation, {
        respondingId: event.responseId,
        sentenceUnconfirmed: false,
        waitingSinceMs: null,
      });
    case 'response_item':
      return joinResponse(conversation, event.responseId, event.itemId);
    case 'agent_words':
      return addAgentWords(conversation, event);
    case 'agent_words_done':
      return finishAgentWords(conversation, event);
    case 'response_done':
      return finishResponse(conversation, event);
    case 'playback_started':
      return withTracking(conversation, {
        playing: { responseId: event.responseId, sinceMs: event.atMs },
        waitingSinceMs: null,
      });
    case 'playback_stopped':
      return finishSpeech(conversation, event.responseId);
    case 'playback_cleared':
      return withTracking(clearPlayback(conversation, event.responseId, event.atMs), {
        waitingSinceMs: null,
      });
    case 'server_error':
      return conversation;
    case 'handed_off':
      return handOff(conversation, event);
    case 'guardrail_tripped':
      return noteGuardrail(conversation, event);
    default:
      return reduceToolEvent(conversation, event);
  }
}
