import type { Reply } from '../interfaces.ts';
import { suggestions, trySaying } from '../talk/suggestions.ts';
import { namesThing } from '../tools/nouns.ts';
import { stem } from '../words/stem.ts';
import { type Context, say } from './context.ts';

const CHANGES = new Set('change move reschedule postpone modify rearrange'.split(' ').map(stem));

/** "Move my appointment", when no tool changes anything: says so, instead of using the closest tool. */
export function answerImpossible(context: Context, words: readonly string[]): Reply | null {
  const { toolbox, phrases, memory } = context;
  const stems = words.map(stem);
  const verb = stems.findIndex((word) => CHANGES.has(word));
  if (verb < 0 || toolbox.tools.some(({ deed }) => deed === 'change')) return null;
  const about = toolbox.tools.filter(
    (tool) =>
      (tool.deed === 'create' || tool.deed === 'remove') &&
      tool.objectStems.some((thing) => namesThing(stems, thing)),
  );
  if (about.length === 0) return null;
  const removeFirst = about.toSorted((a, b) => Number(b.deed === 'remove') - Number(a.deed === 'remove'));
  const text = `I cannot ${words[verb]} that here. ${trySaying(suggestions(removeFirst, phrases))}`;
  return say(context, text, { pending: memory.pending });
}
