import type { Reply, ToolCall } from '../interfaces.ts';
import { suggestions, trySaying } from '../talk/suggestions.ts';
import { matchBareValues, matchOnlyValues, matchTools, type ToolMatch } from '../tools/match-tool.ts';
import { type Context, callTools, say } from './context.ts';
import { proceed } from './proceed.ts';

/** A request for a tool, or for several at once. `null`: the sentence asks for none. */
export function answerRequest(context: Context, words: readonly string[]): Reply | null {
  const best = match(context, words)[0] ?? matchHalf(context, words);
  const parallel = parallelCalls(context, words);
  if (parallel) return callTools(context, parallel, null);
  return best ? proceed(context, best.tool, best.values) : null;
}

const WANTING =
  /^(?<lead>(?:i|we) (?:need|want|would like)(?: to \w+)?|(?:can|could|may) (?:i|we) (?:get|have|book|order)) (?<things>.+)$/;

/** "I need a new chain and a gear adjustment", when only one of the two is available. */
function matchHalf(context: Context, words: readonly string[]): ToolMatch | undefined {
  const { lead, things } = WANTING.exec(words.join(' '))?.groups ?? {};
  const parts = things?.split(' and ') ?? [];
  if (!lead || parts.length < 2) return undefined;
  return parts.flatMap((part) => match(context, `${lead} ${part}`.split(' ')).slice(0, 1))[0];
}

/** No verb, but all that an action needs. */
export function answerBareValues(context: Context, words: readonly string[]): Reply | null {
  const { toolbox } = context;
  const found = matchBareValues(words, toolbox.tools, toolbox);
  return found && proceed(context, found.tool, found.values);
}

/** Only values: an action begins with them. */
export function answerOnlyValues(context: Context, words: readonly string[]): Reply | null {
  const { toolbox } = context;
  const found = matchOnlyValues(words, toolbox.tools, toolbox);
  return found && proceed(context, found.tool, found.values);
}

/** Whether a sentence clearly asks for another tool than the open call's. */
export function asksForOther(context: Context, words: readonly string[]): boolean {
  const [best] = match(context, words);
  return best?.byPhrase === true && best.tool.name !== context.memory.pending?.tool;
}

/** Says what it cannot do, with two things to try: what may have been meant, where the model has an idea. */
export function notUnderstood(context: Context): Reply {
  const { toolbox, phrases, memory, meaning } = context;
  const nearest = (meaning?.nearest ?? []).flatMap((name) => toolbox.find(name) ?? []);
  const likely = nearest.filter(({ deed }) => deed !== 'end').slice(0, 2);
  const tools = likely.length > 0 ? likely : toolbox.tools;
  const attempts = trySaying(suggestions(tools, phrases, memory.misses));
  const text =
    memory.misses === 0
      ? `Sorry, I did not understand that. I am the offline sandbox. ${attempts}`
      : `I did not understand that either. ${attempts}`;
  return say(context, text, { misses: memory.misses + 1 });
}

const match = ({ toolbox }: Context, words: readonly string[]): ToolMatch[] =>
  matchTools(words, toolbox.tools, toolbox);

/** "What do you offer, and what is free on Friday?": two questions, each with all arguments of its tool. */
function parallelCalls(context: Context, words: readonly string[]): ToolCall[] | null {
  const clauses = words.join(' ').split(/ (?:and also|and then|and|then|also) /);
  if (clauses.length !== 2) return null;
  const matches = clauses.map((clause) => match(context, clause.split(' '))[0]);
  const calls = matches.flatMap((found) =>
    found &&
    found.tool.deed === 'read' &&
    found.tool.slots.every((slot) => !slot.required || slot.name in found.values)
      ? [{ name: found.tool.name, arguments: found.values }]
      : [],
  );
  return calls.length === 2 && calls[0]?.name !== calls[1]?.name ? calls : null;
}
