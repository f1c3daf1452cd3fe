import type { Tool } from '../interfaces.ts';
import type { Phrasebook } from '../phrasebook.ts';
import { isCommon } from '../words/common-words.ts';
import { splitWords } from '../words/split-words.ts';
import { stem } from '../words/stem.ts';
import { compilePhrase, type PhrasePattern } from './phrase-pattern.ts';
import { readSlots, type Slot, toLabel } from './slots.ts';
import { classifyDeed, type Deed, isConsequential } from './verbs.ts';

/** A tool as the mind sees it: what it does, to what, and which arguments it needs. */
export interface ToolProfile {
  name: string;
  description: string;
  deed: Deed;
  /** The verb of its name: "book". */
  verb: string;
  /** Its object, as said: "repair status". */
  object: string;
  /** The same as stems: "repair", "status". */
  objectStems: readonly string[];
  /** Content words of its description, as stems. */
  descriptionStems: ReadonlySet<string>;
  slots: readonly Slot[];
  /** The phrasebook's ways to ask for it. */
  asks: readonly PhrasePattern[];
  /** It passes the caller on to somebody else. */
  handsOver: boolean;
  /** The user approves it on the screen before it runs. */
  approvedOnScreen: boolean;
  /** It changes something without approval on a screen: a spoken yes comes first. */
  wantsSpokenYes: boolean;
  /** It does something without being asked about: hands over, ends the call. */
  actsAtOnce: boolean;
}

const WITHOUT_ASKING = /\b(?:without (?:asking|confirm\w*)|(?:no|needs? no|do not ask for) confirmation)\b/i;

export function profileTool(tool: Tool, instructions: string, phrases: Phrasebook): ToolProfile {
  const [verb = tool.name, ...object] = toLabel(tool.name).split(' ');
  const { deed, isVerb } = classifyDeed(verb, tool.description);
  const nouns = (isVerb ? object : [verb, ...object]).filter((word) => !isCommon(word));
  const rules = `${tool.description} ${sentencesNaming(tool.name, instructions)}`;
  const slots = readSlots(tool.parameters);
  const approvedOnScreen = /\b(on (?:the|their|your) screen|approv|button)/i.test(rules);
  const wantsSpokenYes = !approvedOnScreen && isConsequential(verb, deed) && !WITHOUT_ASKING.test(rules);
  return {
    name: tool.name,
    description: tool.description,
    deed,
    verb: isVerb ? verb : 'do',
    object: nouns.join(' '),
    objectStems: nouns.map(stem),
    descriptionStems: new Set(
      splitWords(tool.description)
        .filter((word) => !isCommon(word))
        .map(stem),
    ),
    slots,
    asks: (phrases.tools[tool.name]?.asks ?? []).map((ask) => compilePhrase(ask, slots)),
    handsOver: tool.name.startsWith('transfer_to_'),
    approvedOnScreen,
    wantsSpokenYes,
    actsAtOnce: deed !== 'read' && !approvedOnScreen && !wantsSpokenYes,
  };
}

/** What the instructions say about one tool. */
const sentencesNaming = (name: string, instructions: string): string =>
  instructions
    .split(/(?<=[.!?])\s+|\n+/)
    .filter((sentence) => sentence.includes(name))
    .join(' ');
