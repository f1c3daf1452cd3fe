/** "zero" to "nineteen", by their number. */
export const UNITS: readonly string[] =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
/** "twenty" to "ninety". */
export const TENS: readonly string[] = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const SCALES: [size: number, name: string][] = [
  [1e9, 'billion'],
  [1e6, 'million'],
  [1e3, 'thousand'],
];
const IRREGULAR_ORDINALS: Record<string, string> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
};

/** 1250 → "one thousand two hundred fifty". Whole numbers from 0; too long ones are read digit by digit. */
export function cardinal(value: number): string {
  if (!Number.isSafeInteger(value) || value >= 1e12) return spellDigits(String(value));
  if (value < 20) return UNITS[value] ?? '';
  if (value < 100) return join(TENS[Math.floor(value / 10) - 2] ?? '', value % 10);
  if (value < 1_000) return join(`${cardinal(Math.floor(value / 100))} hundred`, value % 100);
  const [size, name] = SCALES.find(([size]) => value >= size) ?? [1e3, 'thousand'];
  return join(`${cardinal(Math.floor(value / size))} ${name}`, value % size);
}

function join(head: string, rest: number): string {
  return rest === 0 ? head : `${head} ${cardinal(rest)}`;
}

/** 21 → "twenty first". */
export function ordinal(value: number): string {
  const words = cardinal(value).split(' ');
  const last = words.pop() ?? '';
  return [...words, IRREGULAR_ORDINALS[last] ?? `${last.replace(/y$/, 'ie')}th`].join(' ');
}

/** "2.50" → "two point five zero", "1,200" → "one thousand two hundred", "-5" → "minus five". */
export function numeral(text: string): string {
  const [whole = '0', fraction] = text.replaceAll(',', '').replace(/^[-−]/, '').split('.');
  const sign = /^[-−]/.test(text) ? 'minus ' : '';
  return `${sign}${cardinal(Number(whole))}${fraction ? ` point ${spellDigits(fraction)}` : ''}`;
}

/** 2026 → "twenty twenty six", 2005 → "two thousand five", 1905 → "nineteen oh five". */
export function year(value: number): string {
  const [century, rest] = [Math.floor(value / 100), value % 100];
  if (value < 1_100 || value > 2_099 || (century === 20 && rest < 10)) return cardinal(value);
  if (rest === 0) return `${cardinal(century)} hundred`;
  return `${cardinal(century)} ${rest < 10 ? `oh ${cardinal(rest)}` : cardinal(rest)}`;
}

/** "B74" → "B 7 4": letters stay, every digit becomes a word. */
export function spelled(text: string): string {
  return Array.from(
    text.replace(/[^\p{L}\p{N}]/gu, ''),
    (char) => UNITS[Number(char)] ?? char.toUpperCase(),
  ).join(' ');
}

function spellDigits(text: string): string {
  return Array.from(text, (digit) => UNITS[Number(digit)] ?? '').join(' ');
}
