import { cardinal, numeral, ordinal, spelled } from '../../../number-words.ts';
import { sayDates } from './say-dates.ts';
import { sayTimes } from './say-times.ts';

const NUMBER = String.raw`\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?`;
const CURRENCIES: Record<string, [one: string, many: string, cent: string]> = {
  $: ['dollar', 'dollars', 'cents'],
  '€': ['euro', 'euros', 'cents'],
  '£': ['pound', 'pounds', 'pence'],
};
const UNITS: Record<string, [one: string, many: string]> = {
  km: ['kilometer', 'kilometers'],
  cm: ['centimeter', 'centimeters'],
  mm: ['millimeter', 'millimeters'],
  m: ['meter', 'meters'],
  kg: ['kilogram', 'kilograms'],
  g: ['gram', 'grams'],
  h: ['hour', 'hours'],
  hr: ['hour', 'hours'],
  hrs: ['hour', 'hours'],
  min: ['minute', 'minutes'],
  mins: ['minute', 'minutes'],
  s: ['second', 'seconds'],
  sec: ['second', 'seconds'],
  ms: ['millisecond', 'milliseconds'],
  mph: ['mile per hour', 'miles per hour'],
  psi: ['P S I', 'P S I'],
  '%': ['percent', 'percent'],
  '°C': ['degree celsius', 'degrees celsius'],
  '°F': ['degree fahrenheit', 'degrees fahrenheit'],
};
const ABBREVIATIONS: [RegExp, string][] = [
  [/\be\.g\.,?/gi, 'for example'],
  [/\bi\.e\.,?/gi, 'that is'],
  [/\betc\.(?=\s+\p{Lu}|\s*$)/gu, 'and so on.'],
  [/\betc\./gi, 'and so on'],
  [/\bapprox\./gi, 'approximately'],
  [/\bvs\.?(?=\s)/gi, 'versus'],
  [/\bw\/(?=\s)/gi, 'with'],
  [/\bmax\.(?=\s+\d)/gi, 'at most'],
  [/\bmin\.(?=\s+\d)/gi, 'at least'],
  [/\bOpenAI\b/g, 'Open A I'],
];

/**
 * Writes out what a synthesiser would stumble over: numbers, prices, times, dates, ranges, ids, units, signs and
 * addresses. "$45 at 9:30" → "forty five dollars at nine thirty".
 */
export function sayAsWords(text: string): string {
  const rules = [
    plainText,
    sayAddresses,
    sayIds,
    sayRanges,
    sayDates,
    sayTimes,
    sayPrices,
    sayUnits,
    sayNumbers,
    saySigns,
  ];
  return rules
    .reduce((spoken, rule) => rule(spoken), text)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ (?=[.,?!;:](\s|$))/g, '')
    .trim();
}

/** Removes markup, emoji and typographic characters, which are not spoken. */
function plainText(text: string): string {
  const plain = text
    .replace(/[‘’]/g, "'")
    .replace(/[“”„*_`~|<>]|^#+ |^\s*[-•] /gm, ' ')
    .replace(/\p{Extended_Pictographic}|\u{fe0f}|\u{200d}/gu, '')
    .replace(/\s[–—-]+\s|—/g, ', ')
    .replace(/…/g, '...');
  return ABBREVIATIONS.reduce((current, [pattern, words]) => current.replace(pattern, words), plain);
}

function sayAddresses(text: string): string {
  return text
    .replace(
      /\b(?:https?:\/\/)?(?:www\.)?((?:[a-z\d-]+\.)+[a-z]{2,})(\/\S*[\w/])?/gi,
      (address, host: string) =>
        address.includes('.') &&
        /[a-z]/i.test(host.split('.')[0] ?? '') &&
        host.split('.').every((part) => part.length > 1)
          ? host.replaceAll('.', ' dot ')
          : address,
    )
    .replace(/(?<=\w)@(?=\w)/g, ' at ');
}

/** Reference codes and telephone numbers are read character by character. */
function sayIds(text: string): string {
  return text
    .replace(/\+\d[\d -]{6,}\d/g, (phone) => `plus ${spelled(phone)}`)
    .replace(/(?<![\w.])#\s?(\d+)\b/g, (_, digits: string) => `number ${spelled(digits)}`)
    .replace(/\b(?=[A-Z\d-]*\d)[A-Z]{1,5}-?\d[A-Z\d]*(?:-[A-Z\d]+)*\b/g, spelled)
    .replace(/\b\d{3}-\d{3,4}(?:-\d{4})?\b/g, spelled)
    .replace(/\b0\d{3,}\b|\b\d{7,}\b/g, spelled);
}

function sayRanges(text: string): string {
  return text.replace(/(?<=[\d%$€£]|\d ?[ap]\.?m\.?) ?[–-] ?(?=[$€£]?\d)/gi, (dash, at: number) =>
    isDate(text, at) ? dash : ' to ',
  );
}

/** Whether the dash belongs to a date such as 2026-11-21 and not to a range. */
function isDate(text: string, at: number): boolean {
  return /\d{4}-\d{2}-\d{2}/.test(text.slice(Math.max(0, at - 7), at + 7));
}

function sayPrices(text: string): string {
  const price = (amount: string, sign: string) => {
    const [one, many, cents] = CURRENCIES[sign] ?? ['', '', ''];
    const [whole = '0', fraction = ''] = amount.replaceAll(',', '').split('.');
    const main = `${cardinal(Number(whole))} ${Number(whole) === 1 ? one : many}`;
    return Number(fraction) === 0
      ? main
      : `${main} and ${cardinal(Number(fraction.padEnd(2, '0').slice(0, 2)))} ${cents}`;
  };
  return text
    .replace(new RegExp(`([$€£]) ?(${NUMBER})`, 'g'), (_, sign: string, amount: string) =>
      price(amount, sign),
    )
    .replace(new RegExp(`(${NUMBER}) ?([€£$])`, 'g'), (_, amount: string, sign: string) =>
      price(amount, sign),
    );
}

function sayUnits(text: string): string {
  const names = Object.keys(UNITS)
    .sort((a, b) => b.length - a.length)
    .join('|');
  return text.replace(
    new RegExp(`(?<!\\w)([-−]?(?:${NUMBER})) ?(${names})(?![\\w'])`, 'g'),
    (_, amount: string, unit: string) => {
      const [one, many] = UNITS[unit] ?? ['', ''];
      return `${numeral(amount)} ${amount === '1' ? one : many}`;
    },
  );
}

function sayNumbers(text: string): string {
  return text
    .replace(/\b24\/7\b/g, 'twenty four seven')
    .replace(/\b(\d+)(?:st|nd|rd|th)\b/gi, (_, digits: string) => ordinal(Number(digits)))
    .replace(new RegExp(`(?<![\\w.])[-−]?(?:${NUMBER})(?![\\w])`, 'g'), numeral)
    .replace(/\d+/g, (digits) => ` ${cardinal(Number(digits))} `);
}

function saySigns(text: string): string {
  return text
    .replace(/&/g, ' and ')
    .replace(/(?<=\p{L})\/(?=\p{L})/gu, ' or ')
    .replace(/@/g, ' at ')
    .replace(/\+/g, ' plus ')
    .replace(/=/g, ' equals ')
    .replace(/%/g, ' percent')
    .replace(/[#/\\^{}[\]]/g, ' ');
}
