import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FullConfig } from 'playwright/test';
import { MODE, siteOfWorker, siteVariables, WORKERS } from './sites.ts';
import { startSite } from './start-site.ts';

/**
 * Playwright's global setup: starts the sites of all workers side by side, and returns what stops them. What they
 * print is in `test-results/site-<worker>.log`.
 */
export default async function startSites({ projects }: FullConfig): Promise<() => Promise<void>> {
  const directory = projects[0]?.outputDir ?? 'test-results';
  // Playwright creates it only for the first failure.
  await mkdir(directory, { recursive: true });
  const sites = await Promise.all(
    Array.from({ length: WORKERS }, (_, worker) => {
      const site = siteOfWorker(worker);
      return startSite({
        port: site.port,
        mode: MODE,
        env: {
          ...siteVariables(site),
          VOICE_CONNECT: process.env.PARLEY_E2E_CONNECT ?? 'direct',
          // All tests of a worker talk on one day.
          VOICE_SITE_BUDGET_USD_PER_DAY: '1000',
        },
        log: join(directory, `site-${worker}.log`),
      });
    }),
  );
  return async () => void (await Promise.all(sites.map((site) => site.stop())));
}
