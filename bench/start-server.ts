import { findNeighbouringPorts } from '../e2e/browser/free-ports.ts';
import { PORTS_PER_SITE } from '../e2e/browser/sites.ts';
import { type RunningSite, startSite } from '../e2e/browser/start-site.ts';

interface ServerOptions {
  /** Where the site was built; this repository by default. */
  directory?: string;
  env?: Record<string, string>;
}

/** Starts the built site with its sandbox on free ports, without the limits that a user meets. */
export async function startServer({ directory, env }: ServerOptions = {}): Promise<RunningSite> {
  return startSite({
    port: await findNeighbouringPorts(PORTS_PER_SITE),
    env: {
      ...env,
      VOICE_CALLS_PER_MINUTE: '1000',
      VOICE_GUEST_SECONDS_PER_DAY: '86400',
      VOICE_SITE_BUDGET_USD_PER_DAY: '100000',
    },
    ...(directory === undefined ? {} : { directory }),
  });
}
