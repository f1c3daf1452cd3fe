import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const Check = z.object({ name: z.string(), cause: z.string().nullable() });
const Report = z.object({
  ok: z.boolean(),
  trials: z.array(z.object({ scenario: z.string(), checks: z.array(Check) })),
});

export interface Outcome {
  exitCode: number | null;
  /** The checks that failed, with their causes. */
  wrong: Record<string, string>;
}

/** Runs `npm run eval` for one scenario against a site, as a fork does, and returns what it found. */
export async function runEval(scenario: string, url: string | undefined, folder: string): Promise<Outcome> {
  const words = ['--only', scenario, '--url', url ?? '', '--json', '--out', folder];
  const child = spawn(process.execPath, ['evals/main.mjs', ...words], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const [printed, complaints, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
  if (printed === '') throw new Error(`There is no report: ${complaints}`);
  const { trials } = Report.parse(JSON.parse(printed));
  const wrong = trials.flatMap(({ checks }) =>
    checks.flatMap(({ name, cause }) => (cause === null ? [] : [[name, cause] as const])),
  );
  return { exitCode, wrong: Object.fromEntries(wrong) };
}
