import { EVERYDAY, requestPhrases, type Sentence, toSentences } from '../hearing/sentences.ts';
import type { Session } from '../interfaces.ts';
import type { Phrasebook } from '../phrasebook.ts';
import { OPENING_HOURS_SENTENCES, openingHoursIn } from '../talk/opening-hours.ts';
import { splitWords } from '../words/split-words.ts';
import { stem } from '../words/stem.ts';
import { type Choice, collectChoices } from './choices.ts';
import type { Reader } from './extract.ts';
import { profileTool, type ToolProfile } from './tool-profile.ts';

/** The session's tools, prepared for understanding. */
export interface Toolbox extends Reader {
  tools: readonly ToolProfile[];
  /** Sentences that ask for something, compared by sound. */
  requests: readonly Sentence[];
  /** The opening hours, if the instructions contain them and no tool returns them. */
  openingHours: string | null;
  find(name: string): ToolProfile | undefined;
}

/** Sessions change seldom and are looked up often. */
const MOST_KEPT = 16;

/** Opens toolboxes, and keeps those of the last sessions. */
export function createToolboxes(phrases: Phrasebook): (session: Session) => Toolbox {
  const kept = new Map<string, Toolbox>();
  return (session) => {
    const key = JSON.stringify([session.tools, session.instructions]);
    const toolbox = kept.get(key) ?? openToolbox(session, phrases);
    kept.delete(key);
    kept.set(key, toolbox);
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return toolbox;
  };
}

function openToolbox({ tools: given, instructions }: Session, phrases: Phrasebook): Toolbox {
  const tools = given.map((tool) => profileTool(tool, instructions, phrases));
  const elsewhere = new Set(
    tools.flatMap((tool) => [...tool.objectStems, stem(tool.verb), ...tool.descriptionStems]),
  );
  const slots = tools.flatMap((tool) => tool.slots);
  const read = (values: readonly string[]) => collectChoices(values, phrases.synonyms, elsewhere);
  const choices = new Map(slots.map((slot) => [slot, read(slot.choices)]));
  const openingHours = tools.some(tellsHours) ? null : openingHoursIn(instructions);
  return {
    tools,
    requests: [
      ...tools.flatMap((tool) => toSentences(requestPhrases(tool, phrases), tool.slots, phrases)),
      ...(openingHours === null ? [] : toSentences(OPENING_HOURS_SENTENCES, [], phrases)),
      ...EVERYDAY,
    ],
    openingHours,
    find: (name) => tools.find((tool) => tool.name === name),
    choicesFor: (slot) => choices.get(slot) ?? [],
    named: read([...new Set(slots.flatMap((slot) => slot.choices))]),
  };
}

const tellsHours = ({ deed, object }: ToolProfile): boolean =>
  deed === 'read' && /\b(?:hours|opening|open)\b/.test(object);

/** The toolbox with the names from this call's results, such as "amber 42". */
export function withKnown(toolbox: Toolbox, known: readonly string[]): Toolbox {
  const learned: Choice[] = known.map((value) => ({ value, ways: [splitWords(value)], telling: [] }));
  return { ...toolbox, named: [...toolbox.named, ...learned] };
}
