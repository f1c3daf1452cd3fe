import { findLanAddress } from '../../sandbox/runner/services/phone-door.ts';
import { findNeighbouringPorts } from '../browser/free-ports.ts';
import { runPlaywright } from '../browser/run-playwright.ts';
import { PORTS_PER_SITE } from '../browser/sites.ts';
import { runProof } from '../production/run-proof.ts';

/**
 * `npm run test:phone -- [Playwright's own arguments]`: what a phone in the same network gets from
 * `npm run dev -- --phone`. It needs no build, and a machine with a network.
 */
async function provePhone(): Promise<void> {
  process.exitCode = await runPlaywright(
    ['--config=e2e/phone/playwright.config.ts', ...process.argv.slice(2)],
    {
      PARLEY_E2E_PORT: String(await findNeighbouringPorts(PORTS_PER_SITE)),
      PARLEY_E2E_WORKERS: '1',
    },
  );
}

if (findLanAddress() !== null) await runProof(provePhone);
else console.log('Skipped: this machine shares no network with a phone.');
