import type { Reply } from '../interfaces.ts';
import type { Values } from '../memory.ts';
import { correctionIn, variationIn } from '../talk/corrections.ts';
import { extract } from '../tools/extract.ts';
import type { ToolProfile } from '../tools/tool-profile.ts';
import { isCommon } from '../words/common-words.ts';
import { type Context, say } from './context.ts';
import { proceed } from './proceed.ts';

interface Base {
  tool: ToolProfile;
  values: Values;
  done: boolean;
}

/** "No, I meant Thursday": the open call, or else the last one, with the new value. `null`: no correction. */
export function answerCorrection(context: Context, words: readonly string[]): Reply | null {
  const base = findBase(context);
  const rest = base && (correctionIn(words) ?? variationIn(words));
  if (!base || !rest) return null;
  const expectsTime = base.tool.slots.find(({ kind }) => kind === 'time' && !namesOther(rest)) ?? null;
  const { values, sentence } = extract(rest, base.tool, context.toolbox, expectsTime);
  const others = sentence.rest.filter((word) => !isCommon(word)).length;
  if (Object.keys(values).length === 0 || others > 1) return null;
  const changed = { ...base.values, ...values };
  if (!base.done) return proceed(context, base.tool, changed);
  const pending = { kind: 'confirming' as const, tool: base.tool.name, values: changed };
  return say(context, 'The first one is done already. Shall I make another one like that?', { pending });
}

/** The call that a correction refers to. Not a finished action: correcting it would repeat it. */
function findBase({ memory, toolbox }: Context): Base | null {
  // An offer is not a call yet: a correction then refers to the question that was answered.
  const open = memory.pending?.kind === 'offering' ? memory.recent : (memory.pending ?? memory.recent);
  const tool = open && toolbox.find(open.tool);
  if (!open || !tool || tool.slots.length === 0) return null;
  return { tool, values: open.values, done: open === memory.recent && tool.deed !== 'read' };
}

/** A number beside another unit is not a time. */
const namesOther = (words: readonly string[]): boolean =>
  words.some((word) => /^(people|pieces|days|weeks)$/.test(word));
