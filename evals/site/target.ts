import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Health } from '@/lib/shared/contract';
import { findNeighbouringPorts } from '../../e2e/browser/free-ports.ts';
import { PORTS_PER_SITE } from '../../e2e/browser/sites.ts';
import { startSite } from '../../e2e/browser/start-site.ts';
import type { Options } from '../options.ts';
import { ownSiteVariables } from './own-site.ts';
import { provideRealSite } from './real-site.ts';

/** The site that the callers call. */
export interface Target {
  url: string;
  /** True: calls cost nothing. */
  isSandbox: boolean;
  /** True: nobody has visited it. */
  isNew: boolean;
  /** In words. */
  what: string;
  stop: () => Promise<void>;
}

async function visit(url: string): Promise<Target> {
  const response = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(10_000) });
  const health = Health.parse(await response.json());
  if (!health.ok) {
    throw new Error(
      `The site at ${url} is not ready: ${[...health.missing, ...health.problems].join(', ')}.`,
    );
  }
  const what = `the site at ${url}`;
  return { url, isSandbox: health.sandbox, isNew: false, what, stop: async () => undefined };
}

async function start(options: Options, directory: string, log: string): Promise<Target> {
  const mode = existsSync(join(directory, '.next', 'BUILD_ID')) ? 'start' : 'dev';
  const port = await findNeighbouringPorts(PORTS_PER_SITE);
  const real = options.real ? await provideRealSite(process.env.EVAL_BUDGET_USD ?? '') : null;
  const sandbox = { VOICE_SITE_BUDGET_USD_PER_DAY: '100000', SANDBOX_PROFILE: options.profile };
  const site = await startSite({
    port,
    directory,
    mode,
    log,
    env: { ...ownSiteVariables(port), ...(real?.variables ?? sandbox) },
  });
  const server = mode === 'start' ? 'the production build' : 'the development server, as nothing is built';
  const model = real === null ? `the offline sandbox (profile ${options.profile})` : 'a real model';
  return {
    url: site.origin,
    isSandbox: real === null,
    isNew: true,
    what: `${server}, with ${model}`,
    async stop() {
      await site.stop();
      await real?.stop();
    },
  };
}

/**
 * Returns the site of `--url`, or starts one with a database of its own: the production build if there is one, otherwise the
 * development server. Throws when there is none, or when it does not start.
 */
export const openTarget = (options: Options, directory: string, log: string): Promise<Target> =>
  options.url === undefined ? start(options, directory, log) : visit(options.url);
