import type { Phrasebook } from '../phrasebook.ts';
import type { ToolProfile } from '../tools/tool-profile.ts';
import { suggestions } from './suggestions.ts';

interface Identity {
  name: string | null;
  business: string | null;
}

/** "You are Gino, the waiter of Da Gino": the agent's name and role in the instructions. */
export function readIdentity(instructions: string): Identity {
  const line = /\b(?:You are|Your name is|You're) (?:called )?[^.\n]*/.exec(instructions)?.[0] ?? '';
  const name = /^(?:You are|Your name is|You're) (?:called |named )?(\p{Lu}[\p{L}-]+)/u.exec(line)?.[1];
  const business =
    /\b(?:of|at|for|from) ((?:the )?\p{Lu}[\p{L}'&-]+(?: (?:\p{Lu}[\p{L}'&-]+|&|and(?= \p{Lu})))*)/u.exec(
      line,
    )?.[1];
  return { name: name ?? null, business: business ?? null };
}

/**
 * The first words of a call: the agent's name, that it is an AI if it is told to say so, that this is the sandbox and
 * not OpenAI, and one thing to try.
 */
export function greet(instructions: string, tools: readonly ToolProfile[], phrases: Phrasebook): string {
  const { name, business } = readIdentity(instructions);
  const ai = /^- You are an AI\b/m.test(instructions) ? ', an AI' : '';
  const who = name
    ? `this is ${name}${business ? ` at ${business}` : ''}${ai}, in the offline sandbox`
    : `this is the offline sandbox${ai}`;
  const language = /\bSpeak (?!English\b)(\p{Lu}[\p{L}]+)\b/u.test(instructions)
    ? ' The sandbox speaks only English.'
    : '';
  const [example] = [...preferred(tools, phrases), ...suggestions(tools, phrases)];
  const attempt = example
    ? ` Try asking: ${example.replace(/(?<![.?!])$/, '.')}`
    : ' It has no tools to work with.';
  return `Hello, ${who}.${language}${attempt}`;
}

/** A question that calls a tool shows most. */
const preferred = (tools: readonly ToolProfile[], phrases: Phrasebook): string[] =>
  tools
    .filter((tool) => tool.deed === 'read' && tool.slots.some((slot) => slot.required))
    .flatMap((tool) => phrases.tools[tool.name]?.examples.slice(0, 1) ?? []);
