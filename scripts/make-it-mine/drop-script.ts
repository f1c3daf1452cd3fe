/** Words by which a file refers to this script. */
const SCRIPT = 'make-it-mine';

const NAMED = '"[^"\\n]*make-it-mine[^"\\n]*"';
/** A list of nothing but one name of the script, a member of an object or an element of an array, with its comma. */
const JSON_PART = new RegExp(
  [
    `,\\s*"\\w+": \\[\\s*${NAMED}\\s*\\]`,
    `,\\s*${NAMED}(?:: "[^"\\n]*")?`,
    `${NAMED}(?:: "[^"\\n]*")?,?\\s*`,
  ].join('|'),
  'g',
);

const indentOf = (line: string) => line.search(/\S|$/);

/** Drops each line that names the script, and in YAML what is indented below it: a whole job goes with its name. */
function dropLines(path: string, lines: readonly string[]): string[] {
  let below = Number.POSITIVE_INFINITY;
  return lines.filter((line) => {
    if (indentOf(line) > below) return false;
    below = Number.POSITIVE_INFINITY;
    if (!line.includes(SCRIPT)) return true;
    if (path.endsWith('.yml')) below = indentOf(line);
    return false;
  });
}

/**
 * Takes out of a file what refers to this script: parts of a JSON file, lines of any other. Returns the same text
 * when there is nothing of the kind.
 */
export function dropScript(path: string, text: string): string {
  if (!text.includes(SCRIPT)) return text;
  if (path.endsWith('.json')) return text.replaceAll(JSON_PART, '');
  return dropLines(path, text.split('\n')).join('\n');
}
