import { parseArgs } from 'node:util';
import { VOICES } from './answers.ts';
import { Refusal } from './refusal.ts';

export const HELP = `
Makes this clone the site of your business: removes the demo business with its pictures and tests, and leaves
one agent with one tool, which takes messages, a panel that shows them, and tests for both.

  npm run make-it-mine
  npm run make-it-mine -- --site "Lakeside Dental" --agent Nora --voice coral --business "a dental practice in Kendal"

  --site       name of the site and of the business
  --agent      name of the voice agent, one word
  --voice      ${VOICES.join(', ')}
  --business   the business in one line, as in "Lakeside Dental is …"
  --dry-run    list what would change, and change nothing
  --yes        do not ask for confirmation
  --help       show this text

Whatever is not given is asked. The work tree must be clean, so that \`git restore\` can take everything back.
`.trim();

const OPTIONS = {
  site: { type: 'string' },
  agent: { type: 'string' },
  voice: { type: 'string' },
  business: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  yes: { type: 'boolean', short: 'y', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export interface Flags {
  given: {
    site?: string | undefined;
    agent?: string | undefined;
    voice?: string | undefined;
    business?: string | undefined;
  };
  dryRun: boolean;
  yes: boolean;
  help: boolean;
}

/** Reads the command line. Throws `Refusal` for a flag that does not exist. */
export function readFlags(args: readonly string[]): Flags {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS, strict: true });
    const { 'dry-run': dryRun, yes, help, ...given } = values;
    return { given, dryRun, yes, help };
  } catch (error) {
    throw new Refusal(
      `${error instanceof Error ? error.message : error}\nSee npm run make-it-mine -- --help`,
    );
  }
}
