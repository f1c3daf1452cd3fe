import { ordinal, year } from '../../../number-words.ts';

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December'],
];
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const monthNames = MONTHS.flatMap((month) => [month, month.slice(0, 3)]).join('|');

/** "2026-11-21" → "November twenty first, twenty twenty six", "Fri 21 Nov" → "Friday, November twenty first". */
export function sayDates(text: string): string {
  return text
    .replace(
      /\b(\d{4})-(0[1-9]|1[0-2])-([0-2]\d|3[01])(?:T(?=\d))?/g,
      (_, years: string, month: string, day: string) => date(MONTHS[Number(month) - 1] ?? '', day, years),
    )
    .replace(
      new RegExp(`\\b(${WEEKDAYS.map((day) => day.slice(0, 3)).join('|')})\\b\\.?(?=,? \\d)`, 'g'),
      (_, day: string) => fullName(WEEKDAYS, day),
    )
    .replace(
      new RegExp(`\\b(${monthNames})\\b\\.? (\\d{1,2})(?:st|nd|rd|th)?\\b(?!:)(?:,? (\\d{4})\\b)?`, 'g'),
      (_, month: string, day: string, years?: string) => date(fullName(MONTHS, month), day, years),
    )
    .replace(
      new RegExp(`,? ?\\b(\\d{1,2})(?:st|nd|rd|th)?(?: of)? (${monthNames})\\b\\.?(?:,? (\\d{4})\\b)?`, 'g'),
      (match, day: string, month: string, years?: string) =>
        `${/^[, ]/.test(match) ? ' ' : ''}${date(fullName(MONTHS, month), day, years)}`,
    );
}

function date(month: string, day: string, years: string | undefined): string {
  return `${month} ${ordinal(Number(day))}${years ? `, ${year(Number(years))}` : ''}`;
}

function fullName(names: readonly string[], start: string): string {
  return names.find((name) => name.startsWith(start)) ?? start;
}
