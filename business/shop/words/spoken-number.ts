import 'server-only';

const UNITS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen';
const ORDINAL_UNITS =
  'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth';
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety';
const ORDINAL_TENS = 'twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth';

interface NumberWord {
  value: number;
  ordinal: boolean;
}

const WORDS = new Map<string, NumberWord>([
  ...UNITS.split(' ').map((word, value) => [word, { value, ordinal: false }] as const),
  ...ORDINAL_UNITS.split(' ').map((word, value) => [word, { value, ordinal: true }] as const),
  ...TENS.split(' ').map((word, index) => [word, { value: (index + 2) * 10, ordinal: false }] as const),
  ...ORDINAL_TENS.split(' ').map(
    (word, index) => [word, { value: (index + 2) * 10, ordinal: true }] as const,
  ),
]);

const isTens = (word: NumberWord) => word.value >= 20 && !word.ordinal;
const isUnit = (word: NumberWord) => word.value >= 1 && word.value <= 9;

/**
 * Returns the text with number words as digits and the rest unchanged: "half past ten" → "half past 10",
 * "the twenty-third" → "the 23rd", "amber forty two" → "amber 42", "fourteen hundred" → "1400".
 * Lower case, with single spaces.
 */
export function numbersAsDigits(text: string): string {
  const words = text
    .toLowerCase()
    .replace(/([a-z])-(?=[a-z])/g, '$1 ')
    .split(/\s+/)
    .filter((word) => word !== '');
  const out: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    const here = WORDS.get(word);
    if (here === undefined) {
      const before = Number(out.at(-1));
      if (word === 'hundred' && before >= 1 && before <= 99) out[out.length - 1] = String(before * 100);
      else out.push(word);
      continue;
    }
    const next = WORDS.get(words[i + 1] ?? '');
    const joins = next !== undefined && isTens(here) && isUnit(next);
    if (joins) i++;
    const value = joins ? here.value + next.value : here.value;
    out.push(here.ordinal || (joins && next.ordinal) ? withOrdinalEnding(value) : String(value));
  }
  return out.join(' ');
}

/** 3 → "3rd". */
export function withOrdinalEnding(value: number): string {
  const teen = value % 100 >= 11 && value % 100 <= 13;
  const ending = teen ? 'th' : (['th', 'st', 'nd', 'rd'][value % 10] ?? 'th');
  return `${value}${ending}`;
}
