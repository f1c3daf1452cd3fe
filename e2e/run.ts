import { findNeighbouringPorts } from './browser/free-ports.ts';
import { runPlaywright } from './browser/run-playwright.ts';
import { PORT_COUNT } from './browser/sites.ts';

/** `node --import jiti/register e2e/run.ts [Playwright's own arguments]` */
try {
  const port = await findNeighbouringPorts(PORT_COUNT);
  process.exitCode = await runPlaywright(process.argv.slice(2), { PARLEY_E2E_PORT: String(port) });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
