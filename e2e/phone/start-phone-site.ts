import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { FullConfig } from 'playwright/test';
import { siteOfWorker, siteVariables } from '../browser/sites.ts';
import { HostedProcess } from '../production/hosted-process.ts';

const READY_WITHIN_MS = 240_000;
/** Where the tests read what was printed for the phone. */
export const PHONE_URL = 'PARLEY_PHONE_URL';

/** Resolves to the address that is printed for a phone, when every page was compiled. Throws with all that was printed. */
async function readPhoneUrl(server: HostedProcess): Promise<string> {
  const giveUp = AbortSignal.timeout(READY_WITHIN_MS);
  while (!server.printed.includes('Every page was visited once')) {
    if (giveUp.aborted || server.exitCode !== null) throw new Error(`It did not start:\n${server.printed}`);
    await delay(100);
  }
  const [, url] = /Phone\s+(https:\/\/[\d.]+:\d+),/.exec(server.printed) ?? [];
  if (url === undefined) throw new Error(`No address for a phone was printed:\n${server.printed}`);
  return url;
}

/** Playwright's global setup: the README's own command. Returns what stops it. */
export default async function startPhoneSite({ projects }: FullConfig): Promise<() => Promise<void>> {
  const directory = projects[0]?.outputDir ?? 'test-results';
  const site = siteOfWorker(0);
  const server = new HostedProcess({
    command: ['npm', 'run', 'dev', '--', '--phone', '--port', String(site.port)],
    directory: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, PARLEY_SANDBOX: '1', ...siteVariables(site) },
  });
  const stop = async () => {
    await server.stop();
    await mkdir(directory, { recursive: true });
    await writeFile(join(directory, 'site-phone.log'), server.printed);
  };
  try {
    process.env[PHONE_URL] = await readPhoneUrl(server);
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}
