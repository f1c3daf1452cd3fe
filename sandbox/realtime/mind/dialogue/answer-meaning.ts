import type { Meaning, Reply } from '../interfaces.ts';
import { extract } from '../tools/extract.ts';
import { aside } from './answer-small-talk.ts';
import type { Context } from './context.ts';
import { proceed } from './proceed.ts';

/** Measured: below these, off-topic sentences are taken for requests. */
const LEAST_FIT = 0.2;
const LEAST_MARGIN = 0.05;
/** From here on a meaning is surer than a rule that read something else; and while the agent waits, only this is a request. */
const SURE_FIT = 0.55;
const SURE_MARGIN = 0.35;

/** Replies by what the sentence means, where no rule understands its words. `null`: it means nothing that is known. */
export function answerMeaning(context: Context, words: readonly string[]): Reply | null {
  const { meaning, memory } = context;
  if (!meaning || meaning.fit < LEAST_FIT || meaning.margin < LEAST_MARGIN) return null;
  return memory.pending && !isSure(meaning) ? null : reply(context, meaning, words);
}

/** The reply by the rules, unless the sentence surely means another tool than they took it for. */
export function withMeaning(context: Context, words: readonly string[], read: Reply): Reply {
  const { meaning, memory } = context;
  if (meaning?.of.kind !== 'tool' || !isSure(meaning) || memory.pending) return read;
  return toolsOf(read).includes(meaning.of.name) ? read : (reply(context, meaning, words) ?? read);
}

/** Whether people surely say this to each other, not to an agent. */
export const isRemark = ({ meaning }: Context): boolean => meaning?.of.kind === 'remark' && isSure(meaning);

/** Whether nobody here can have been meant, whatever a rule reads into single words. */
export const isForeign = (context: Context): boolean =>
  isRemark(context) && context.meaning?.isForeign === true && context.memory.pending === null;

const isSure = ({ fit, margin }: Meaning): boolean => fit >= SURE_FIT && margin >= SURE_MARGIN;

function reply(context: Context, { of }: Meaning, words: readonly string[]): Reply | null {
  const { toolbox } = context;
  if (of.kind === 'opening hours') {
    return toolbox.openingHours === null ? null : aside(context, toolbox.openingHours);
  }
  const tool = of.kind === 'tool' ? toolbox.find(of.name) : undefined;
  return tool ? proceed(context, tool, extract(words, tool, toolbox, null).values) : null;
}

/** What a reply calls, prepares, or looks something up for. */
const toolsOf = ({ calls, memory: { pending, resume } }: Reply): string[] => [
  ...calls.map(({ name }) => name),
  ...[pending, resume].flatMap((open) => (open ? [open.tool] : [])),
];
