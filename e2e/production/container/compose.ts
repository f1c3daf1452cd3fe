import { readFileSync } from 'node:fs';

export const composeText = readFileSync(new URL('../../../compose.yaml', import.meta.url), 'utf8');

/** Returns what is indented below the outermost line with a name, without comments. */
export function partOf(whole: string, name: string): string {
  const lines = whole.split('\n').filter((line) => !/^\s*#/.test(line));
  const named = lines.filter((line) => line.trim() === `${name}:`);
  const indent = Math.min(...named.map((line) => line.search(/\S/)));
  const start = lines.indexOf(`${' '.repeat(indent)}${name}:`);
  const below = lines.slice(start + 1);
  const end = below.findIndex((line) => line.trim() !== '' && line.search(/\S/) <= indent);
  return below.slice(0, end === -1 ? undefined : end).join('\n');
}

/** Returns the options with which compose.yaml starts its database. Throws when it does not start `valkey-server`. */
export function readValkeyOptions(): string[] {
  const valkey = partOf(partOf(composeText, 'services'), 'valkey');
  const command = /^ {4}command: \[(.*)\]$/m.exec(valkey)?.[1] ?? '';
  const [program, ...options] = Array.from(command.matchAll(/'([^']*)'/g), ([, word = '']) => word);
  if (program !== 'valkey-server') throw new Error(`compose.yaml starts ${program}.`);
  return options;
}
