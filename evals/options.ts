import { parseArgs } from 'node:util';
import { z } from 'zod';

export const USAGE = `Usage: npm run eval [-- --only books,cancels] [--trials 3] [--url http://localhost:3000] [--real] [--json]
Plays the callers of business/evals against the site, by voice, and checks what happened.

  --only WORDS          only scenarios whose file name holds one of the words, separated by commas
  --trials N            plays each scenario N times, and reports pass^k: how likely k in a row pass
  --url URL             a site that runs already; without it, one is started with the offline sandbox
  --real                the started site talks to the model of OPENAI_API_KEY: needs EVAL_BUDGET_USD
  --side-by-side N      calls at the same time; by default one for every processor core, up to four
  --profile NAME        how the started sandbox behaves: quick, real or harsh
  --json                prints the report as JSON, and nothing else
  --out FOLDER          where the report goes; .parley/evals by default
  --list                names the scenarios
  --from SOURCE         turns a kept conversation into a scenario: a call id, or the file of an export; with --call and --as
  --judge               asks EVAL_JUDGE_MODEL for its opinion too, which decides nothing: needs a key and a budget`;

const whole = z.coerce.number().int().min(1);
const Options = z.object({
  only: z
    .string()
    .transform((words) =>
      words
        .split(',')
        .map((word) => word.trim())
        .filter(Boolean),
    )
    .default([]),
  trials: whole.max(100).default(1),
  url: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/$/, ''))
    .optional(),
  real: z.boolean().default(false),
  'side-by-side': whole.max(8).optional(),
  profile: z.enum(['quick', 'real', 'harsh']).default('quick'),
  json: z.boolean().default(false),
  out: z.string().optional(),
  list: z.boolean().default(false),
  from: z.string().optional(),
  call: z.string().optional(),
  as: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .optional(),
  judge: z.boolean().default(false),
  help: z.boolean().default(false),
});
export type Options = z.infer<typeof Options>;

/** Words that the command does not understand. */
export class UsageError extends Error {}

/** Reads the command line. Throws `UsageError`. */
export function readOptions(words: readonly string[]): Options {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        ...{ only: text, trials: text, url: text, 'side-by-side': text, profile: text, out: text },
        ...{ from: text, call: text, as: text },
        ...{ real: flag, json: flag, list: flag, judge: flag, help: flag },
      },
    });
    return Options.parse(values);
  } catch (error) {
    const why =
      error instanceof z.ZodError
        ? error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n')
        : String(error instanceof Error ? error.message : error);
    throw new UsageError(`${why}\n${USAGE}`, { cause: error });
  }
}
