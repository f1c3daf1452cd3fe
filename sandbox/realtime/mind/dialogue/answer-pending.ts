import type { Reply } from '../interfaces.ts';
import type { Pending, Values } from '../memory.ts';
import { questionFor } from '../talk/questions.ts';
import { extract } from '../tools/extract.ts';
import type { Slot } from '../tools/slots.ts';
import type { ToolProfile } from '../tools/tool-profile.ts';
import { isCommon } from '../words/common-words.ts';
import { namesTime } from '../words/times.ts';
import { answerChoice } from './answer-choice.ts';
import { type Context, say } from './context.ts';
import { proceed } from './proceed.ts';

const MOST_TRIES = 2;

/** Replies to a sentence that answers the open question or offer; `null` when it answers neither. */
export function answerPending(context: Context, words: readonly string[]): Reply | null {
  const { pending } = context.memory;
  const tool = pending && context.toolbox.find(pending.tool);
  if (!pending || !tool) return null;
  if (pending.kind === 'choosing') return answerChoice(context, pending, words);
  const asked = slotAsked(pending, tool, context);
  const chosen = asked ? chosenOption(context, words, asked) : null;
  const { values, sentence } = chosen
    ? { values: { [chosen.slot]: chosen.value }, sentence: null }
    : extract(words, tool, context.toolbox, asked);
  if (Object.keys(values).length === 0) return null;
  // "On Saturday", after an offer for Friday, asks about Saturday first.
  if (
    pending.kind === 'offering' &&
    tool.slots.every(({ name, kind }) => !(name in values) || kind === 'day')
  )
    return null;
  // An answer contains little else: a sentence full of other words says something new.
  const others = sentence?.rest.filter((word) => !isCommon(word)).length ?? 0;
  if (others > 2 && asked?.kind !== 'text') return null;
  return proceed(context, tool, { ...pending.values, ...values });
}

/** Asks again, with a hint; gives up after a while. */
export function askAgain(context: Context): Reply | null {
  const { pending } = context.memory;
  const tool = pending && context.toolbox.find(pending.tool);
  if (!tool || pending?.kind !== 'asking' || pending.tries >= MOST_TRIES) return null;
  const slot = tool.slots.find(({ name }) => name === pending.slot);
  if (!slot) return null;
  const text = questionFor(tool, slot, context.phrases, true);
  return say(context, text, { pending: { ...pending, tries: pending.tries + 1 } });
}

function slotAsked(pending: Pending, tool: ToolProfile, { memory }: Context): Slot | null {
  if (pending.kind === 'asking' && pending.slot !== null) {
    return tool.slots.find(({ name }) => name === pending.slot) ?? null;
  }
  // After an offer of times, a bare "ten thirty" is the time.
  const time = tool.slots.find(({ kind }) => kind === 'time');
  return time && memory.options.length > 0 ? time : null;
}

/** One more word in front is misheard breath: "with the first one". */
const PLACES: readonly (readonly [RegExp, (options: readonly string[]) => string | undefined])[] = [
  [/^(?:\w+ )?(?:the )?(?:first|earliest|soonest)(?: one| time| slot| option)?$/, (options) => options[0]],
  [/^(?:\w+ )?(?:the )?second(?: one| time| slot| option)?$/, (options) => options[1]],
  [/^(?:\w+ )?(?:the )?third(?: one| time| slot| option)?$/, (options) => options[2]],
  [/^(?:\w+ )?(?:the )?(?:last|latest)(?: one| time| slot| option)?$/, (options) => options.at(-1)],
];

/** "The first one", of the choices in the last result. */
function chosenOption(
  { memory }: Context,
  words: readonly string[],
  asked: Slot,
): { slot: string; value: Values[string] } | null {
  const text = words.filter((word) => !/^(i|would|will|take|like|want|yes|then|book)$/.test(word)).join(' ');
  const place = PLACES.find(([pattern]) => pattern.test(text));
  const value = place?.[1](memory.options);
  if (value === undefined || (asked.kind === 'time' && !namesTime([value.replace(/^0/, '')]))) return null;
  return { slot: asked.name, value };
}
