import type { ToolResult } from '../interfaces.ts';

export interface SpokenResult {
  say: string;
  /**
   * Why it failed; `null` when it succeeded. A refusal by the user has no message: there is nothing to
   * change.
   */
  failure: { code: string; message: string } | null;
  /** The choices in the result, and the names of things. */
  options: string[];
  known: string[];
}

const MOST_SAID = 4;

/** Says a result. A `summary` or an error's `message` is spoken as it is; other JSON is put into words. */
export function speakResult({ output }: ToolResult): SpokenResult {
  const value = parse(output);
  const told = { options: optionsIn(value), known: namesIn(value) };
  if (typeof value === 'string') {
    if (/\b(not approved|declined|denied|rejected)\b/i.test(value)) {
      return { say: 'All right, I have not done it.', failure: { code: '', message: '' }, ...told };
    }
    return { say: shorten(value), failure: null, ...told };
  }
  const failure = failureIn(value);
  return { say: failure?.message ?? summaryIn(value) ?? describe(value), failure, ...told };
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parse(output: string): unknown {
  try {
    return JSON.parse(output);
  } catch {
    return output;
  }
}

function summaryIn(value: unknown): string | null {
  if (!isObject(value)) return null;
  const text = value.summary ?? value.message ?? value.say ?? value.text;
  return typeof text === 'string' && text !== '' ? text : null;
}

function failureIn(value: unknown): { code: string; message: string } | null {
  if (!isObject(value)) return null;
  const { error } = value;
  if (typeof error === 'string') return { code: '', message: error };
  if (isObject(error)) {
    const message = typeof error.message === 'string' ? error.message : 'That did not work.';
    return { code: String(error.code ?? ''), message };
  }
  if (value.ok === false || value.success === false) {
    return { code: '', message: summaryIn(value) ?? 'That did not work.' };
  }
  return null;
}

/** General JSON in a few words. */
function describe(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'It is done.';
  if (Array.isArray(value)) return describeList(value);
  if (!isObject(value)) return `The answer is ${String(value)}.`;
  const lists = Object.values(value).filter(Array.isArray);
  const facts = Object.entries(value).filter(
    ([key, fact]) => isFact(fact) && !/^(ok|success|id)$/i.test(key),
  );
  if (facts.length === 0 && lists[0]) return describeList(lists[0]);
  if (facts.length === 0) return 'It is done.';
  return facts
    .slice(0, MOST_SAID)
    .map(([key, fact]) => `${label(key)}: ${factInWords(fact)}.`)
    .join(' ');
}

function describeList(list: readonly unknown[]): string {
  if (list.length === 0) return 'There is nothing.';
  const names = list.map((one) => (isObject(one) ? readName(one) : String(one)));
  const shown = names.slice(0, MOST_SAID).join(', ');
  const more = names.length > MOST_SAID ? `, and ${names.length - MOST_SAID} more` : '';
  return list.length === 1 ? `There is one: ${shown}.` : `There are ${list.length}: ${shown}${more}.`;
}

const isFact = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);
const factInWords = (value: unknown): string =>
  value === true ? 'yes' : value === false ? 'no' : String(value);
const label = (key: string): string => {
  const words = key
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const NAME_KEYS = ['code', 'name', 'title', 'label', 'id'] as const;

function readName(one: Json): string {
  const named = NAME_KEYS.map((key) => one[key]).find((value) => typeof value === 'string');
  if (typeof named === 'string') return named;
  const facts = Object.values(one).filter(isFact).slice(0, 2);
  return facts.map(factInWords).join(' ') || 'one more';
}

/** A list of plain words in the result is what the user may choose from, in this order. */
function optionsIn(value: unknown, depth = 0): string[] {
  if (Array.isArray(value)) {
    return value.every((one) => typeof one === 'string') ? value.slice(0, 20) : [];
  }
  if (!isObject(value) || depth > 2) return [];
  for (const part of Object.values(value)) {
    const options = optionsIn(part, depth + 1);
    if (options.length > 0) return options;
  }
  return [];
}

function namesIn(value: unknown, depth = 0): string[] {
  if (depth > 4) return [];
  if (Array.isArray(value)) return value.slice(0, 20).flatMap((one) => namesIn(one, depth + 1));
  if (!isObject(value)) return [];
  const own = NAME_KEYS.map((key) => value[key]).filter(
    (name): name is string => typeof name === 'string' && name.length > 2 && name.length <= 40,
  );
  return [...own, ...Object.values(value).flatMap((part) => namesIn(part, depth + 1))];
}

/** Two sentences are enough by ear. */
const shorten = (text: string): string =>
  text
    .split(/(?<=[.!?])\s+/)
    .slice(0, 2)
    .join(' ')
    .slice(0, 300) || 'It is done.';
