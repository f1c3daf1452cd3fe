import type { Memory } from './memory.ts';
import type { Phrasebook } from './phrases.ts';
import type { Toolbox } from './tools/toolbox.ts';
import { WEEKDAYS } from './words/days.ts';

const TIMES = ['nine', 'ten', 'ten thirty', 'eleven', 'noon', 'two', 'three', 'half past two'];
const ALWAYS = ['yes', 'no', 'goodbye', 'thank you', 'today', 'tomorrow', 'what can you do'];

/** What people are likely to say next: answers to the open question first, then the words of the tools. */
export function vocabularyOf(toolbox: Toolbox, phrases: Phrasebook, memory: Memory): string[] {
  const { pending } = memory;
  const asked =
    pending?.kind === 'asking'
      ? toolbox.find(pending.tool)?.slots.find(({ name }) => name === pending.slot)
      : undefined;
  const expected = asked
    ? [...asked.choices, ...(asked.kind === 'day' ? WEEKDAYS : []), ...(asked.kind === 'time' ? TIMES : [])]
    : [];
  const choices = toolbox.tools.flatMap((tool) => tool.slots.flatMap((slot) => slot.choices));
  const synonyms = choices.flatMap((choice) => phrases.synonyms[choice] ?? []);
  const examples = toolbox.tools.flatMap((tool) => phrases.tools[tool.name]?.examples ?? []);
  const names = toolbox.tools.flatMap((tool) => [tool.object, tool.verb]);
  const all = [
    ...expected,
    ...choices,
    ...examples,
    ...WEEKDAYS,
    ...memory.known,
    ...names,
    ...synonyms,
    ...TIMES,
    ...ALWAYS,
  ];
  return [...new Set(all.filter((word) => word !== ''))];
}
