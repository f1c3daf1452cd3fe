/*
 * What whoever runs the call asks the agent to say, in a system message or for one response: "The line dropped. Say so, and
 * ask the caller to say it again." Only what is asked for is said; a fact alone is none.
 */

const USER = '(?:(?:the|your) (?:user|caller|customer|visitor|guest|client)|them|him|her)';
const MANNER = '(?:(?:briefly|politely|kindly|gently|again|now|first|then|please) )*';
const ORDER = `${MANNER}(?:ask|tell|say|inform|remind|warn|let|mention|explain|apologi[sz]e)\\b`;

const BEGINS_ORDER = new RegExp(`^${ORDER}`, 'i');
/** "…, and ask them to…": another order in the same sentence. */
const NEXT_ORDER = new RegExp(`(?:,? (?:and|then)|,) (?=${ORDER})`, 'i');

type Wording = (rest: string) => string;

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

/** How each order is carried out; `rest` is the part in the last brackets, spoken to the user. The first that fits counts. */
const ORDERS: readonly [order: string, wording: Wording][] = [
  [`(?:ask|tell|remind)(?: ${USER})? to (.+)`, (rest) => `Please ${rest}.`],
  [
    `ask(?: ${USER})? ((?:if|whether|what|when|where|which|who|why|how)\\b.+)`,
    (rest) => `May I ask ${rest}?`,
  ],
  [`ask(?: ${USER})? (?:for|about) (.+)`, (rest) => `Please tell me ${rest}.`],
  [`let ${USER} know (?:${MANNER}that )?(.+)`, sentence],
  [`(?:tell|inform|remind|warn) ${USER} ${MANNER}that (.+)`, sentence],
  [`(?:say|mention|explain)(?: to ${USER})? ${MANNER}that (.+)`, sentence],
  [`say (hello|goodbye|thank you|sorry)\\b.*`, sentence],
  [`apologi[sz]e(?: to ${USER})?(?: (for .+|that .+))?`, (rest) => `I am sorry${rest && ` ${rest}`}.`],
];
const PATTERNS = ORDERS.map(([order, wording]) => [new RegExp(`^${MANNER}${order}$`, 'i'), wording] as const);
const QUOTED = /^[^“"]*[“"]([^”"]+)[”"]/;
const SAY_SO = new RegExp(
  `^${MANNER}(?:say so\\b|tell ${USER} (?:so|about it)\\b|let ${USER} know(?: about it)?$)`,
  'i',
);
const REPEAT = new RegExp(`\\b(?:ask|tell)(?: ${USER})? to (?:[^.!?]* )?(?:again|repeat)\\b`, 'i');

/** Who is spoken of is spoken to. */
const TO_THE_USER: readonly [of: RegExp, to: string][] = [
  [/\b(?:the|your) (?:user|caller|customer|visitor|guest|client)['’]s\b/gi, 'your'],
  [/\b(?:(?:the|your) (?:user|caller|customer|visitor|guest|client)|they|he|she) (?:is|are)\b/gi, 'you are'],
  [
    /\b(?:(?:the|your) (?:user|caller|customer|visitor|guest|client)|they|he|she) (?:was|were)\b/gi,
    'you were',
  ],
  [
    /\b(?:(?:the|your) (?:user|caller|customer|visitor|guest|client)|they|he|she) (?:has|have)\b/gi,
    'you have',
  ],
  [/\b(?:(?:the|your) (?:user|caller|customer|visitor|guest|client)|they|them|he|she|him)\b/gi, 'you'],
  [/\b(?:their|his|her)\b/gi, 'your'],
];
const toTheUser = (text: string): string =>
  TO_THE_USER.reduce((said, [of, to]) => said.replace(of, to), text);

/** Returns what is to be said, or `null` when nothing is asked for that this agent understands. */
export function sayAsTold(told: readonly string[]): string | null {
  const said = told.flatMap(carryOut);
  return said.length > 0 ? said.join(' ') : null;
}

/** Whether the user is to be asked for words that did not get through. */
export const asksToRepeat = (told: readonly string[]): boolean => told.some((text) => REPEAT.test(text));

function carryOut(text: string): string[] {
  let fact: string | null = null;
  return text.split(/(?<=[.!?])\s+|\n+/).flatMap((part) => {
    const words = part.trim().replace(/[.!]+$/, '');
    if (!BEGINS_ORDER.test(words)) {
      fact = words;
      return [];
    }
    return words.split(NEXT_ORDER).flatMap((order) => wordsFor(order, fact) ?? []);
  });
}

function wordsFor(order: string, fact: string | null): string | null {
  const quoted = QUOTED.exec(order)?.[1];
  if (quoted !== undefined) return quoted;
  if (SAY_SO.test(order)) return fact && sentence(toTheUser(fact));
  for (const [pattern, wording] of PATTERNS) {
    const match = pattern.exec(order);
    if (match) return wording(toTheUser(match[1] ?? ''));
  }
  return null;
}
