import { findNeighbouringPorts } from '../browser/free-ports.ts';
import { provideFirefox } from '../browser/provide-firefox.ts';
import { runTests } from '../browser/run-playwright.ts';
import { PORTS_PER_SITE } from '../browser/sites.ts';
import { requirePrograms, runProof } from '../production/run-proof.ts';
import { SOUND_PROGRAMS } from './sound-card.ts';

/**
 * `npm run test:firefox -- [Playwright's own arguments]`, after a build. A call is heard and spoken in real time, so
 * one test runs at a time. `SANDBOX_PROFILE=harsh` for the network and the provider of a bad day.
 */
async function proveFirefox(): Promise<void> {
  const path = await provideFirefox();
  console.log(`Browser: ${path}`);
  process.exitCode = await runTests(['--config=e2e/firefox/playwright.config.ts', ...process.argv.slice(2)], {
    PARLEY_E2E_PORT: String(await findNeighbouringPorts(PORTS_PER_SITE)),
    PARLEY_E2E_WORKERS: '1',
    PARLEY_FIREFOX: path,
  });
}

if (requirePrograms(SOUND_PROGRAMS.map((program) => [program]))) await runProof(proveFirefox);
