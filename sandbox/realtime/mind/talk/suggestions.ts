import type { Phrasebook } from '../phrasebook.ts';
import type { ToolProfile } from '../tools/tool-profile.ts';

/** Two things to try, different each time. */
export function suggestions(tools: readonly ToolProfile[], phrases: Phrasebook, turn = 0): string[] {
  const useful = tools.filter((tool) => tool.deed !== 'end');
  const examples = useful.map((tool) => {
    const known = phrases.tools[tool.name]?.examples ?? [];
    return known[turn % Math.max(1, known.length)] ?? plainRequest(tool);
  });
  const shown =
    examples.length <= 2 ? examples : [0, 1].map((n) => examples[(turn * 2 + n) % examples.length] ?? '');
  return shown.filter(Boolean);
}

/** "show me the menu", "order a pizza": a request made from a tool's name. */
export function plainRequest({ deed, verb, object, handsOver }: ToolProfile): string {
  if (object === '') return `${verb} it`;
  if (handsOver) return `talk to ${withArticle(object)}`;
  if (deed === 'read') return `show me the ${object}`;
  if (deed === 'create') return `${verb} ${withArticle(object)}`;
  return `${verb} my ${object}`;
}

/** The same, as the agent offers it: "cancel your order", "let you talk to a mechanic". */
export const plainOffer = (tool: ToolProfile): string =>
  (tool.handsOver ? `let you ${plainRequest(tool)}` : plainRequest(tool)).replace(/ my /, ' your ');

/** The same, as the user may want it: "see the menu", "end the call". */
export const plainWish = (tool: ToolProfile): string =>
  tool.deed === 'end'
    ? 'end the call'
    : plainRequest(tool)
        .replace(/^show me/, 'see')
        .replace(/ my /, ' your ');

const UNCOUNTABLE = /\b(?:money|information|help|advice|feedback|food|luggage)$/;

export const withArticle = (noun: string): string =>
  /s$/.test(noun) || UNCOUNTABLE.test(noun) ? noun : `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;

/** “You can say: …, or: …” without a second full stop. */
export function trySaying(examples: readonly string[]): string {
  const [first, second] = examples.map((example) => example.replace(/\.$/, ''));
  if (!first) return 'This session has no tools, so there is nothing that I can do for you.';
  return second
    ? `You can say: ${first} Or: ${end(second)}`.replace(/([^?])( Or:)/, '$1.$2')
    : `You can say: ${end(first)}`;
}

const end = (text: string): string => (/[.?!]$/.test(text) ? text : `${text}.`);
