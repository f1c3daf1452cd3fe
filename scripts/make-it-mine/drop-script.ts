/** Words by which a file refers to this script. */
const SCRIPT = 'make-it-mine';

/** An element of an array or a member of an object that names the script, with its comma. */
const JSON_PART =
  /,\s*"[^"\n]*make-it-mine[^"\n]*"(?:: "[^"\n]*")?|"[^"\n]*make-it-mine[^"\n]*"(?:: "[^"\n]*")?,?\s*/g;

/**
 * Takes out of a file what refers to this script: parts of a JSON file, lines of any other. Returns the same text
 * when there is nothing of the kind.
 */
export function dropScript(path: string, text: string): string {
  if (!text.includes(SCRIPT)) return text;
  if (path.endsWith('.json')) return text.replaceAll(JSON_PART, '');
  return text
    .split('\n')
    .filter((line) => !line.includes(SCRIPT))
    .join('\n');
}
