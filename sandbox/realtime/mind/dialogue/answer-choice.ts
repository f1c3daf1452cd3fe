import type { Reply } from '../interfaces.ts';
import type { Pending } from '../memory.ts';
import { inWords } from '../talk/questions.ts';
import { plainWish } from '../talk/suggestions.ts';
import { extract } from '../tools/extract.ts';
import type { ToolProfile } from '../tools/tool-profile.ts';
import { stem } from '../words/stem.ts';
import { type Context, say } from './context.ts';
import { proceed } from './proceed.ts';

type Choosing = Extract<Pending, { kind: 'choosing' }>;

/** Asks which of two tools was meant, or whether this one was: a call that ended by a guess is not taken back. */
export function askWhich(
  context: Context,
  tool: ToolProfile,
  other: ToolProfile | null,
  said: readonly string[],
): Reply {
  const { values } = extract(said, tool, context.toolbox, null);
  const pending: Choosing = { kind: 'choosing', tool: tool.name, values, other: other?.name ?? null, said };
  return say(context, choiceOf(context, pending), { pending });
}

/** "The mechanic", "the second one". `null`: the sentence names neither, or both. */
export function answerChoice(context: Context, pending: Choosing, words: readonly string[]): Reply | null {
  const tools = toolsOf(context, pending);
  const place = /^(?:the )?(first|second)(?: one)?$/.exec(words.join(' '))?.[1];
  const stems = words.map(stem);
  const named = tools.filter(({ verb, objectStems }) =>
    stems.some((word) => word === stem(verb) || objectStems.includes(word)),
  );
  const [chosen, another] = place ? tools.slice(place === 'first' ? 0 : 1) : named;
  if (!chosen || (another && !place)) return null;
  const [before, now] = [pending.said, words].map(
    (one) => extract(one, chosen, context.toolbox, null).values,
  );
  return proceed(context, chosen, { ...before, ...now });
}

/** A yes is an answer only where one tool was named; otherwise the question is asked again. */
export function acceptChoice(context: Context, pending: Choosing): Reply {
  const [tool, other] = toolsOf(context, pending);
  if (tool && !other) return proceed(context, tool, pending.values);
  return say(context, choiceOf(context, pending), { pending });
}

const choiceOf = (context: Context, pending: Choosing): string =>
  `Do you want to ${inWords(toolsOf(context, pending).map(plainWish))}?`;

const toolsOf = ({ toolbox }: Context, { tool, other }: Choosing): ToolProfile[] =>
  [tool, other].flatMap((name) => (name === null ? [] : (toolbox.find(name) ?? [])));
