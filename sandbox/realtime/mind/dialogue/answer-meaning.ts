import type { Meaning, Reply } from '../interfaces.ts';
import { extract } from '../tools/extract.ts';
import { askWhich } from './answer-choice.ts';
import { aside } from './answer-small-talk.ts';
import type { Context } from './context.ts';
import { proceed } from './proceed.ts';

/** Measured: from here on a meaning is surer than a rule that read something else; and while the agent waits, only this is a request. */
const SURE_LEAD = 0.2;
/** Measured: what nobody is asked about first is done by a meaning only when no other tool is as near. */
const LEAST_MARGIN = 0.2;

/** Replies by what the sentence means, where no rule understands its words. `null`: it means nothing that is known. */
export function answerMeaning(context: Context, words: readonly string[]): Reply | null {
  const { meaning, memory } = context;
  if (!meaning || (memory.pending && !isSure(meaning))) return null;
  return reply(context, meaning, words);
}

/** The reply by the rules, unless the sentence surely means another tool than they took it for. */
export function withMeaning(context: Context, words: readonly string[], read: Reply): Reply {
  const { meaning, memory } = context;
  if (meaning?.of.kind !== 'tool' || !isSure(meaning) || memory.pending) return read;
  return toolsOf(read).includes(meaning.of.name) ? read : (reply(context, meaning, words) ?? read);
}

/** Whether people surely say this to each other, not to an agent that asked nothing, whatever a rule reads into single words. */
export const isRemark = ({ meaning, memory }: Context): boolean =>
  meaning?.of.kind === 'remark' && isSure(meaning) && memory.pending === null;

const isSure = ({ lead }: Meaning): boolean => lead >= SURE_LEAD;

function reply(context: Context, meaning: Meaning, words: readonly string[]): Reply | null {
  const { toolbox } = context;
  const { of, margin, nearest } = meaning;
  if (of.kind === 'opening hours') {
    return toolbox.openingHours === null ? null : aside(context, toolbox.openingHours);
  }
  const tool = of.kind === 'tool' ? toolbox.find(of.name) : undefined;
  if (!tool) return null;
  const isNear = margin < LEAST_MARGIN;
  if (tool.actsAtOnce && (isNear || (tool.deed === 'end' && !isSure(meaning)))) {
    return askWhich(context, tool, (isNear && toolbox.find(nearest[1] ?? '')) || null, words);
  }
  return proceed(context, tool, extract(words, tool, toolbox, null).values);
}

/** What a reply calls, prepares, or looks something up for. */
const toolsOf = ({ calls, memory: { pending, resume } }: Reply): string[] => [
  ...calls.map(({ name }) => name),
  ...[pending, resume].flatMap((open) => (open ? [open.tool] : [])),
];
