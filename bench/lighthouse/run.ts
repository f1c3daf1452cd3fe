/**
 * Lighthouse's figures for a phone, signed out and signed in: `jiti bench/lighthouse/run.ts [runs]`. Medians, one a line.
 * The second part really throttles network and processor, where Lighthouse's default only calculates.
 * Exits with 1 when a category other than performance, which depends on the machine, is below 100.
 */
import { signInAsGuest } from '../../sandbox/runner/services/guest-session.ts';
import { median, print } from '../browser.ts';
import { startServer } from '../start-server.ts';
import { CATEGORIES, FIGURES, type Figures, runLighthouse, type Throttling } from './run-lighthouse.ts';

const runs = Number(process.argv[2] ?? 5);

async function measure(name: string, url: string, cookie: string | null, throttling: Throttling) {
  const all: Figures[] = [];
  for (let run = 0; run < runs; run += 1) all.push(await runLighthouse(url, cookie, throttling));
  for (const figure of FIGURES)
    print(`${name}, ${throttling}: ${figure}`, median(all.map((one) => one[figure])));
  for (const category of CATEGORIES.slice(1)) {
    if (median(all.map((one) => one[category])) < 100) process.exitCode = 1;
  }
}

const server = await startServer();
try {
  const cookie = await signInAsGuest(server.origin, AbortSignal.timeout(15_000));
  for (const throttling of ['simulate', 'devtools'] as const) {
    await measure('signed out', `${server.origin}/login`, null, throttling);
    await measure('signed in', `${server.origin}/`, cookie, throttling);
  }
} finally {
  await server.stop();
}
