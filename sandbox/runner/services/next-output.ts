import { stripVTControlCharacters } from 'node:util';

/** Marks the runner's own requests, which the log omits. */
export const WARM_UP_QUERY = 'warm-up';

/** Next prints one of these when it listens. */
const READY = /^(- Local:|✓ Ready in)/;
/** What Next prints about itself while it starts; the runner's banner replaces it. */
const STARTUP =
  /^(▲ Next\.js|- (Local|Network|Environments|Experiments)\b|✓ (Ready in|Starting|Running next\.config))/;
const WARM_UP_REQUEST = new RegExp(`^GET \\S*\\?${WARM_UP_QUERY} `);
const COMPILING = /^○ Compiling /;

export interface NextOutput {
  /** Takes a piece of output. Returns the part that the user should see. */
  filter(chunk: string): string;
  /** Resolves when Next listens. */
  listening: Promise<void>;
  /** True at first: compiling for the runner's own requests is not reported. */
  warmingUp: boolean;
}

/** Reads Next's output: detects when it listens, and drops what would bury the runner's own lines. */
export function createNextOutput(): NextOutput {
  let unfinished = '';
  let sawText = false;
  let markListening: () => void = () => undefined;

  const isShown = (line: string): boolean => {
    const plain = stripVTControlCharacters(line).trim();
    if (READY.test(plain)) markListening();
    if (STARTUP.test(plain) || WARM_UP_REQUEST.test(plain)) return false;
    if (output.warmingUp && COMPILING.test(plain)) return false;
    // Empty lines at the start belong to dropped lines.
    sawText ||= plain !== '';
    return sawText;
  };
  const output: NextOutput = {
    listening: new Promise((resolve) => {
      markListening = resolve;
    }),
    warmingUp: true,
    filter(chunk) {
      const lines = (unfinished + chunk).split('\n');
      unfinished = lines.pop() ?? '';
      return lines
        .filter(isShown)
        .map((line) => `${line}\n`)
        .join('');
    },
  };
  return output;
}
