import type { Reply, ToolCall } from '@parley/realtime-sandbox/mind/interfaces';
import type { Talk } from '@parley/realtime-sandbox/testing/conversation';
import type { Outcome, SaidCase } from './said-case.ts';
import { startTalk } from './start-talk.ts';
import { comparableWords } from './word-error.ts';

/** Returns the result of a tool. Any booking at four is refused, so that the talk goes on. */
function toolResult({ name, arguments: args }: ToolCall): object {
  if (name === 'find_slots') {
    const summary = `On ${args.day} we have nine, ten thirty and two.`;
    return { ok: true, summary, data: { times: ['09:00', '10:30', '14:00'] } };
  }
  if (name === 'book_appointment' && args.time === 'four') {
    const message = 'That time is taken. That day we still have eleven and half past eleven.';
    return { ok: false, error: { code: 'slot_taken', message } };
  }
  return { ok: true, summary: 'It is done.', data: {} };
}

/** Returns a call to the front desk, just before the sentence is said. */
export function talkBefore({ before = [] }: Pick<SaidCase, 'before'>): Talk {
  const talk = startTalk();
  talk.begin();
  for (const sentence of before) {
    const { calls } = talk.say(sentence);
    if (calls.length > 0) talk.result(calls, ...calls.map(toolResult));
  }
  return talk;
}

/** Returns whether the reply to a sentence is the one that its label requires. */
export function isRight(reply: Reply, means: Outcome): boolean {
  if ('calls' in means) return comparable(reply.calls) === comparable(means.calls);
  if (reply.calls.length > 0) return false;
  if ('says' in means) return reply.say?.includes(means.says) ?? false;
  const { pending } = reply.memory;
  return (
    pending?.kind === 'asking' &&
    pending.tool === means.tool &&
    pending.slot === means.asksFor &&
    comparable(pending.values) === comparable(means.given)
  );
}

/** Returns whether off-topic speech was taken for a request, a question or small talk. */
export const isAccepted = (reply: Reply): boolean => reply.memory.misses === 0;

/** The order of arguments does not matter, nor whether "10:30" or "ten thirty" was written. */
const comparable = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === 'string') return plainWords(part);
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => a.localeCompare(b)));
  });

/** "The 3rd of December" and "December third" are the same day. */
const plainWords = (text: string): string =>
  comparableWords(text)
    .filter((word) => !/^(the|of|oclock)$/.test(word))
    .toSorted()
    .join(' ');
