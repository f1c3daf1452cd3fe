import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const document = readFileSync(fileURLToPath(new URL('../error-codes.md', import.meta.url)), 'utf8');

/** Returns the rows of the table under a heading of `error-codes.md`, without its head, as cells. */
export function listRows(heading: string): string[][] {
  const section = document.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  return rows.map((row) => row.slice(2, -2).split(' | '));
}
