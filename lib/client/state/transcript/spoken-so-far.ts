import type { Conversation, TranscriptEntry } from '@/lib/client/state/call-state';
import { removeEntry, updateEntry } from '@/lib/client/state/transcript/conversation';

type AgentEntry = Extract<TranscriptEntry, { kind: 'agent' }>;

/** The events carry no word times, so the spoken part of a text is estimated from the audio's length. */
const SPOKEN_CHARS_PER_SECOND = 15;

const charsIn = (audioMs: number): number =>
  Math.round((Math.max(0, audioMs) / 1000) * SPOKEN_CHARS_PER_SECOND);

const isAgent = (entry: TranscriptEntry): entry is AgentEntry => entry.kind === 'agent';

function findMessages({ transcript, tracking }: Conversation, responseId: string): AgentEntry[] {
  const ids = tracking.responses[responseId] ?? [];
  return ids.flatMap((id) => transcript.filter(isAgent).filter((entry) => entry.id === id));
}

/** Moves the spoken mark of the response that is being played. It never moves back. */
export function advanceSpoken(conversation: Conversation, atMs: number): Conversation {
  const { playing } = conversation.tracking;
  if (playing === null) return conversation;
  let left = charsIn(atMs - playing.sinceMs);
  let result = conversation;
  for (const { id, text } of findMessages(conversation, playing.responseId)) {
    const spokenChars = Math.min(left, text.length);
    left -= spokenChars;
    result = updateEntry(result, 'agent', id, (entry) =>
      entry.state === 'speaking' && spokenChars > entry.spokenChars ? { ...entry, spokenChars } : entry,
    );
  }
  return result;
}

/** Marks all of a response as heard. */
export function finishSpeech(conversation: Conversation, responseId: string): Conversation {
  let result = conversation;
  for (const { id } of findMessages(conversation, responseId)) {
    result = updateEntry(result, 'agent', id, (entry) =>
      entry.state === 'speaking' ? { ...entry, state: 'done', spokenChars: entry.text.length } : entry,
    );
  }
  return stopPlaying(result, responseId);
}

/** Returns whether a response is written but not yet played. */
export const isUnheard = (conversation: Conversation, responseId: string): boolean =>
  conversation.tracking.playing?.responseId !== responseId &&
  findMessages(conversation, responseId).some(({ state }) => state === 'speaking');

/** Messages without a word leave no entry. */
export function dropEmptyMessages(conversation: Conversation, responseId: string): Conversation {
  return findMessages(conversation, responseId)
    .filter(({ text }) => text === '')
    .reduce((result, { id }) => removeEntry(result, id), conversation);
}

/** Marks a response whose audio was cut: what was not heard by then never will be. */
export function cutSpeech(conversation: Conversation, responseId: string): Conversation {
  let result = dropEmptyMessages(conversation, responseId);
  for (const { id } of findMessages(result, responseId)) {
    result = updateEntry(result, 'agent', id, (entry) =>
      entry.state === 'speaking' ? { ...entry, state: 'interrupted' } : entry,
    );
  }
  return stopPlaying(result, responseId);
}

/** The audio buffer was emptied: the response being played is cut, and so are the finished ones that waited for it. */
export function clearPlayback(conversation: Conversation, responseId: string, atMs: number): Conversation {
  const { respondingId, responses } = conversation.tracking;
  const dropped = Object.keys(responses).filter((id) => id !== respondingId && id !== responseId);
  return [responseId, ...dropped].reduce(cutSpeech, advanceSpoken(conversation, atMs));
}

/** Cuts a message where the server reports that its audio ended. */
export function cutMessage(conversation: Conversation, itemId: string, audioEndMs: number): Conversation {
  return updateEntry(conversation, 'agent', itemId, (entry) => ({
    ...entry,
    state: 'interrupted',
    spokenChars: Math.min(entry.text.length, charsIn(audioEndMs)),
  }));
}

function stopPlaying(conversation: Conversation, responseId: string): Conversation {
  if (conversation.tracking.playing?.responseId !== responseId) return conversation;
  return { ...conversation, tracking: { ...conversation.tracking, playing: null } };
}
