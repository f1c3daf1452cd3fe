import type { Meaning, Reply, ToolCall } from '../interfaces.ts';
import type { Memory } from '../memory.ts';
import type { Phrasebook } from '../phrasebook.ts';
import type { Toolbox } from '../tools/toolbox.ts';

/** What every step of a dialogue needs. */
export interface Context {
  toolbox: Toolbox;
  phrases: Phrasebook;
  instructions: string;
  memory: Memory;
  /** What the words mean to the sentence model, if it has an opinion. */
  meaning: Meaning | null;
}

/** Says something. Ends the open question or offer unless `changes` keep it. */
export function say(context: Context, text: string | null, changes: Partial<Memory> = {}): Reply {
  return { say: text, calls: [], memory: { ...settled(context.memory), ...changes } };
}

/** Calls tools, perhaps after a few words. */
export function callTools(
  context: Context,
  calls: ToolCall[],
  text: string | null,
  changes: Partial<Memory> = {},
): Reply {
  const last = calls.at(-1);
  const recent = last ? { tool: last.name, values: last.arguments } : context.memory.recent;
  return { say: text, calls, memory: { ...settled(context.memory), recent, ...changes } };
}

const settled = (memory: Memory): Memory => ({ ...memory, pending: null, misses: 0, unheard: 0 });
