import { readFileSync } from 'node:fs';

/** One row of a table of keys: how long, in seconds, or `null` where the table says it in words. */
export interface RetentionRow {
  keys: RegExp;
  text: string;
  seconds: number | null;
  guestSeconds: number | null;
}

const UNITS: Record<string, number> = { minute: 60, hour: 3600, day: 86_400 };

function toSeconds(words: string | undefined): number | null {
  const [, count, unit = ''] = /^(\d+) (minute|hour|day)s?$/.exec(words?.trim() ?? '') ?? [];
  return count === undefined ? null : Number(count) * (UNITS[unit] ?? Number.NaN);
}

/** `voice:call:{call}` stands for every key in which the braces are a part of their own. */
function toPattern(cell: string): RegExp {
  const names = Array.from(cell.matchAll(/`([^`]+)`/g), ([, name = '']) =>
    name.replace(/\{\w+\}/g, '[^:]+(?::[^:]+)*?'),
  );
  return new RegExp(`^(?:${names.join('|')})$`);
}

/** Returns the rows of the table in a document that begins with the column `key`. */
export function readRetentionTable(path: string): RetentionRow[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  const begin = lines.findIndex((line) => line.startsWith('| key |')) + 2;
  const end = lines.findIndex((line, index) => index >= begin && !line.startsWith('|'));
  return lines.slice(begin, end).map((line) => {
    const [, key = '', , kept = ''] = line.split('|');
    const [everyone, guests] = kept.split(', guests');
    const seconds = toSeconds(everyone);
    return { keys: toPattern(key), text: line, seconds, guestSeconds: toSeconds(guests) ?? seconds };
  });
}
