import type { Conversation, TranscriptEntry, Turn } from '@/lib/client/state/call-state';

type EntryOf<Kind extends TranscriptEntry['kind']> = Extract<TranscriptEntry, { kind: Kind }>;

const isOfKind = <Kind extends TranscriptEntry['kind']>(
  entry: TranscriptEntry,
  kind: Kind,
): entry is EntryOf<Kind> => entry.kind === kind;

/** Returns the key of an item in the order and in the transcript. */
export const entryKey = ({ tracking }: Conversation, itemId: string): string =>
  tracking.toolKeys[itemId] ?? itemId;

export const hasEntry = ({ transcript }: Conversation, id: string): boolean =>
  transcript.some((entry) => entry.id === id);

function inOrder(
  transcript: readonly TranscriptEntry[],
  order: readonly string[],
): readonly TranscriptEntry[] {
  const rank = new Map(order.map((key, index) => [key, index]));
  const entryRank = (entry: TranscriptEntry) => rank.get(entry.id) ?? order.length;
  return transcript.toSorted((a, b) => entryRank(a) - entryRank(b));
}

/** Entries that the server does not know. They belong to the entry before them and stay with it. */
const OURS: ReadonlySet<TranscriptEntry['kind']> = new Set(['note', 'handoff', 'guardrail']);

/**
 * Returns the index after a place in the order, and after what follows it that the server does not know: our own entries, and
 * what was said on an earlier connection and got lost with it.
 */
function behind({ transcript, tracking }: Conversation, order: readonly string[], place: number): number {
  const ours = transcript.filter(({ kind }) => OURS.has(kind)).map(({ id }) => id);
  const passed = new Set([...ours, ...tracking.earlier]);
  const next = order.findIndex((key, index) => index > place && !passed.has(key));
  return next < 0 ? order.length : next;
}

/**
 * Puts an item after its predecessor. Without a known predecessor an item keeps its place, and a new one goes to the
 * end: the server sends `null` for the first item and, on some events, for any item.
 */
export function placeItem(conversation: Conversation, key: string, previousKey: string | null): Conversation {
  const { order } = conversation.tracking;
  const others = order.filter((other) => other !== key);
  const previous = previousKey === null ? -1 : others.indexOf(previousKey);
  if (previous < 0 && others.length < order.length) return conversation;
  const next =
    previous < 0 ? [...others, key] : others.toSpliced(behind(conversation, others, previous), 0, key);
  if (next.every((other, index) => other === order[index])) return conversation;
  return {
    transcript: inOrder(conversation.transcript, next),
    tracking: { ...conversation.tracking, order: next },
  };
}

/** Adds an entry at the place of its key; at the end when the key is new. */
export function addEntry(conversation: Conversation, entry: TranscriptEntry): Conversation {
  const placed = placeItem(conversation, entry.id, null);
  return { ...placed, transcript: inOrder([...placed.transcript, entry], placed.tracking.order) };
}

/** Changes one entry. Returns the same object when the entry is absent or `change` returns it untouched. */
export function updateEntry<Kind extends TranscriptEntry['kind']>(
  conversation: Conversation,
  kind: Kind,
  id: string,
  change: (entry: EntryOf<Kind>) => TranscriptEntry,
): Conversation {
  const index = conversation.transcript.findIndex((entry) => entry.id === id);
  const entry = conversation.transcript[index];
  if (entry === undefined || !isOfKind(entry, kind)) return conversation;
  const changed = change(entry);
  return changed === entry
    ? conversation
    : { ...conversation, transcript: conversation.transcript.with(index, changed) };
}

export function removeEntry(conversation: Conversation, id: string): Conversation {
  if (!hasEntry(conversation, id)) return conversation;
  return { ...conversation, transcript: conversation.transcript.filter((entry) => entry.id !== id) };
}

/** Adds a note of ours at the end of the transcript. */
export function addNote(conversation: Conversation, text: string): Conversation {
  const count = conversation.transcript.filter((entry) => entry.kind === 'note').length;
  return addEntry(conversation, { kind: 'note', id: `note-${count + 1}`, text });
}

/** Returns whose turn it is. The user wins: a barge-in shows before the server has cut the agent's audio. */
export function currentTurn({ transcript, tracking }: Conversation): Turn {
  if (tracking.userSpeaking) return 'user_speaking';
  if (tracking.playing !== null) return 'agent_speaking';
  const toolRuns = transcript.some((entry) => entry.kind === 'tool' && entry.state === 'running');
  return tracking.respondingId !== null || tracking.waitingSinceMs !== null || toolRuns
    ? 'thinking'
    : 'listening';
}

function closeEntry(entry: TranscriptEntry): TranscriptEntry[] {
  switch (entry.kind) {
    case 'user':
      if (entry.state !== 'hearing') return [entry];
      return entry.text === '' ? [] : [{ ...entry, state: 'done' }];
    case 'agent':
      if (entry.state !== 'speaking') return [entry];
      if (entry.text === '') return [];
      return [{ ...entry, state: entry.spokenChars < entry.text.length ? 'interrupted' : 'done' }];
    case 'tool':
      return [entry.state === 'waiting_for_approval' ? { ...entry, state: 'denied' } : entry];
    case 'note':
    case 'handoff':
    case 'guardrail':
      return [entry];
  }
}

/** Closes the entries that are open when a call ends. A running tool may still finish and stays open. */
export const closeTranscript = (transcript: readonly TranscriptEntry[]): readonly TranscriptEntry[] =>
  transcript.flatMap(closeEntry);

/** After the receipt, the reply of a tool is unused. */
export const failRunningTools = (transcript: readonly TranscriptEntry[]): readonly TranscriptEntry[] =>
  transcript.map((entry) =>
    entry.kind === 'tool' && entry.state === 'running' ? { ...entry, state: 'failed' } : entry,
  );
