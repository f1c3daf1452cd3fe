import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Unreachable, Visit } from '@/lib/server/doctor/check-address';
import { whyUnreachable } from '@/lib/server/doctor/check-services-of-others';
import { diagnose } from '@/lib/server/doctor/diagnoses';
import { examine } from '@/lib/server/doctor/examine';
import { unattendedWork } from '@/lib/server/platform/background';
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

async function visit(url: string): Promise<Visit | Unreachable> {
  const visitedOrigin = new URL(url).origin;
  try {
    const response = await fetch(`${visitedOrigin}/api/auth/providers`, {
      signal: AbortSignal.timeout(10_000),
    });
    const answer = Providers.safeParse(await response.json().catch(() => null));
    const [first] = Object.values(answer.data ?? {});
    if (first) return { visitedOrigin, ownOrigin: new URL(first.signinUrl).origin };
    return { why: [`something else answered, with status ${response.status}`] };
  } catch (error) {
    return { why: whyUnreachable(error) };
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
