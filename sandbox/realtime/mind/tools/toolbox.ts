import type { Phrasebook } from '../phrases.ts';
import type { Scene } from '../scene.ts';
import { stem } from '../words/stem.ts';
import { wordsOf } from '../words/words-of.ts';
import { type Choice, choicesOf } from './choices.ts';
import type { Reader } from './extract.ts';
import type { Slot } from './slots.ts';
import { profileOf, type ToolProfile } from './tool-profile.ts';

/** The session's tools, made ready for understanding. */
export interface Toolbox extends Reader {
  tools: readonly ToolProfile[];
  find(name: string): ToolProfile | undefined;
}

/** `known`: names of things that earlier results told, such as "amber 42". */
export function openToolbox(
  scene: Pick<Scene, 'tools' | 'instructions'>,
  phrases: Phrasebook,
  known: readonly string[],
): Toolbox {
  const tools = scene.tools.map((tool) => profileOf(tool, scene.instructions));
  const elsewhere = new Set(
    tools.flatMap((tool) => [...tool.objectStems, stem(tool.verb), ...tool.descriptionStems]),
  );
  const cache = new Map<string, readonly Choice[]>();
  const choicesFor = (slot: Slot): readonly Choice[] => {
    const key = slot.choices.join('|');
    const choices = cache.get(key) ?? choicesOf(slot.choices, phrases.synonyms, elsewhere);
    cache.set(key, choices);
    return choices;
  };
  const named = [...new Set(tools.flatMap((tool) => tool.slots.flatMap((slot) => slot.choices)))];
  return {
    tools,
    find: (name) => tools.find((tool) => tool.name === name),
    choicesFor,
    named: [
      ...choicesOf(named, phrases.synonyms, elsewhere),
      ...known.map((value) => ({ value, ways: [wordsOf(value)], telling: [] })),
    ],
  };
}
