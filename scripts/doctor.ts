import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { NoVisit, Visit } from '@/lib/server/doctor/check-address';
import { diagnose } from '@/lib/server/doctor/diagnoses';
import { examine } from '@/lib/server/doctor/examine';
import { unattendedWork } from '@/lib/server/platform/background';
import { describeError } from '@/lib/server/platform/describe-error';
import { getEnv, InvalidEnvError } from '@/lib/server/platform/env';
import type { Finding } from '@/lib/shared/owner/doctor';

const USAGE = `Usage: npm run doctor [-- --url https://voice.example.com] [--json]
Checks the settings of this folder and of the environment, and asks the voice service and the database. Nothing is spent.
With --url, it also asks the running site what it takes its address for. For a deployed site: NODE_ENV=production.`;

const MARKS: Record<Finding['result'], string> = {
  ok: 'ok     ',
  unknown: 'unknown',
  warning: 'warning',
  problem: 'PROBLEM',
};

/** next-auth's own list of ways to sign in names the address that it takes for its own. */
const Providers = z.record(z.string(), z.object({ signinUrl: z.url() }));

/** Returns why nobody answered: the code of the network, of a certificate, or the kind of the failure. */
function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError || error instanceof z.ZodError) return 'something else answers there';
  const { name, code, cause } = describeError(error);
  return cause?.code ?? code ?? name;
}

async function visit(url: string): Promise<Visit | NoVisit> {
  const visitedOrigin = new URL(url).origin;
  const missed = (why: string): NoVisit => ({ unreachable: `${visitedOrigin}: ${why}` });
  try {
    const response = await fetch(`${visitedOrigin}/api/auth/providers`, {
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) return missed(`it answers with the status ${response.status}`);
    const [first] = Object.values(Providers.parse(await response.json()));
    return first
      ? { visitedOrigin, ownOrigin: new URL(first.signinUrl).origin }
      : missed('nobody can sign in');
  } catch (error) {
    return missed(reasonOf(error));
  }
}

function print(findings: readonly Finding[]): void {
  for (const { check, result, code, says, cure, details } of findings) {
    console.log(`${MARKS[result]}  ${check}${code ? ` (${code})` : ''}: ${says}`);
    for (const detail of details) console.log(`         ${detail}`);
    if (cure) console.log(`         What to do: ${cure}`);
  }
}

async function find(url: string | undefined): Promise<Finding[]> {
  try {
    getEnv();
  } catch (error) {
    if (error instanceof InvalidEnvError) return [diagnose('settings', 'settings_invalid', error.problems)];
    throw error;
  }
  return examine({ visit: url === undefined ? null : await visit(url), headers: null });
}

/** Prints what is wrong with the site. Returns the exit code: 1 with a problem, 2 for words that it does not know. */
export async function doctor(words: readonly string[]): Promise<number> {
  const options = { url: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean' } } as const;
  let values: ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];
  try {
    ({ values } = parseArgs({ args: [...words], options }));
  } catch {
    console.error(USAGE);
    return 2;
  }
  if (values.help || (values.url !== undefined && !URL.canParse(values.url))) {
    console.error(USAGE);
    return values.help ? 0 : 2;
  }
  const findings = await find(values.url);
  // What the owner is told of once a day is told by whoever finds it first.
  await unattendedWork();
  if (values.json) console.log(JSON.stringify(findings, null, 2));
  else print(findings);
  return findings.some(({ result }) => result === 'problem') ? 1 : 0;
}
