import type { TranscriptEntry } from '@/lib/client/state/call-state';
import type { ToolReply } from '@/lib/shared/contract';

/** An item of the conversation as `conversation.item.create` takes it. */
export type SeedItem = { id?: string } & (
  | { type: 'message'; role: 'user'; content: { type: 'input_text'; text: string }[] }
  | { type: 'message'; role: 'assistant'; content: { type: 'output_text'; text: string }[] }
  | { type: 'message'; role: 'system'; content: { type: 'input_text'; text: string }[] }
  | { type: 'function_call'; call_id: string; name: string; arguments: string }
  | { type: 'function_call_output'; call_id: string; output: string }
);

const tell = (text: string): SeedItem => ({
  type: 'message',
  role: 'system',
  content: [{ type: 'input_text', text }],
});

/** For the model of a new connection, when the old one took with it what the user was saying. */
export const WORDS_LOST = tell(
  'The connection dropped while the user was speaking, and their last words are lost. Say so in one short sentence, and ask them to say it again.',
);

/** The same, when the old one took the rest of a reply with it: its end, and the tools that it was to call. */
const REPLY_LOST = tell(
  'The connection dropped before your last reply was complete. Go on with it. If you were about to call a tool, or the user had not yet approved it, call it now.',
);

/** Returns what the model is told before it goes on by itself: nothing where its reply had not begun. */
export function wordsToGoOn(transcript: readonly TranscriptEntry[]): SeedItem[] {
  const last = transcript.findLast(({ kind }) => kind === 'user' || kind === 'agent' || kind === 'tool');
  return last?.kind === 'agent' ? [REPLY_LOST] : [];
}

/** What the model reads of a call of a tool that the user did not allow. */
const DENIED: ToolReply = {
  ok: false,
  error: { code: 'denied', message: 'The user did not allow it, so it was not done.' },
};

/** The newest part of a conversation is enough to go on with. */
const MAX_ENTRIES = 40;

function toItems(entry: TranscriptEntry): SeedItem[] {
  switch (entry.kind) {
    case 'user': {
      const { id, text } = entry;
      if (text === '') return [];
      return [{ id, type: 'message', role: 'user', content: [{ type: 'input_text', text }] }];
    }
    case 'agent': {
      // What was cut was not heard: for the user it was never said.
      const { id, state, spokenChars } = entry;
      const text = state === 'interrupted' ? entry.text.slice(0, spokenChars) : entry.text;
      if (text === '') return [];
      return [{ id, type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] }];
    }
    case 'tool':
      if (entry.state === 'denied') return toolItems(entry.id, { ...entry, reply: DENIED });
      return entry.reply === null ? [] : toolItems(entry.id, entry);
    case 'note':
    case 'handoff':
    case 'guardrail':
      return [];
  }
}

/** Returns what the model reads of a reply: without the policy that a handoff carries. */
export const wordsForModel = (reply: ToolReply | null): string =>
  JSON.stringify(reply?.ok ? { ok: true, summary: reply.summary, data: reply.data } : reply);

type ToolEntry = Extract<TranscriptEntry, { kind: 'tool' }>;

/** Returns a finished tool call: the request and its reply. */
export const toolItems = (
  callId: string,
  { name, arguments: args, reply }: Pick<ToolEntry, 'name' | 'arguments' | 'reply'>,
): SeedItem[] => [
  { type: 'function_call', call_id: callId, name, arguments: JSON.stringify(args) },
  { type: 'function_call_output', call_id: callId, output: wordsForModel(reply) },
];

/**
 * Returns the conversation so far, for a new connection: the provider keeps none of it. Messages keep their ids, so
 * that the transcript goes on where it was.
 */
export const seedItems = (transcript: readonly TranscriptEntry[]): SeedItem[] =>
  transcript.slice(-MAX_ENTRIES).flatMap(toItems);
