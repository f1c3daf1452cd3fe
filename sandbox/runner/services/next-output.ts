import { stripVTControlCharacters } from 'node:util';

/** Marks the runner's own requests, so that they can be left out of the log. */
export const WARM_UP_QUERY = 'warm-up';

/** Next prints one of these when it listens. */
const READY = /^(- Local:|✓ Ready in)/;
/** What Next says about itself while it starts; the runner says it better once everything is up. */
const STARTUP =
  /^(▲ Next\.js|- (Local|Network|Environments|Experiments)\b|✓ (Ready in|Starting|Running next\.config))/;
const WARM_UP_REQUEST = new RegExp(`^GET \\S*\\?${WARM_UP_QUERY} `);
const COMPILING = /^○ Compiling /;

export interface NextOutput {
  /** Takes a piece of output, and answers the part of it that people should see. */
  filter(chunk: string): string;
  /** Fulfils when Next said that it listens. */
  listening: Promise<void>;
  /** True from the start: as long as our own requests make Next compile, that is nothing to report. */
  warmingUp: boolean;
}

/** Reads what Next prints: learns when it listens, and leaves out what would bury the runner's own words. */
export function createNextOutput(): NextOutput {
  let unfinished = '';
  let sawText = false;
  let markListening: () => void = () => undefined;

  const isShown = (line: string): boolean => {
    const plain = stripVTControlCharacters(line).trim();
    if (READY.test(plain)) markListening();
    if (STARTUP.test(plain) || WARM_UP_REQUEST.test(plain)) return false;
    if (output.warmingUp && COMPILING.test(plain)) return false;
    // Empty lines at the start belong to what was left out.
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
