import { runPlaywright } from '../../../e2e/browser/run-playwright.ts';

const OWN = new Map([
  ['--live', 'CONTRACT_LIVE'],
  ['--spend', 'CONTRACT_SPEND'],
]);

/**
 * `npm run sandbox:conformance -- [--live [--spend]] [Playwright's own arguments]`: the contract suite
 * against the sandbox, or against the real API with `OPENAI_API_KEY`, where it skips what costs money unless
 * `--spend` is set.
 */
const words = process.argv.slice(2);
const problem = problemWith(words);
if (problem) {
  console.error(problem);
  process.exit(1);
}
const env = Object.fromEntries(
  [...OWN].flatMap(([word, name]) => (words.includes(word) ? [[name, '1'] as const] : [])),
);
try {
  process.exitCode = await runPlaywright(
    ['--config=sandbox/realtime/contract/playwright.config.ts', ...words.filter((word) => !OWN.has(word))],
    env,
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function problemWith(given: readonly string[]): string | null {
  const isLive = given.includes('--live');
  if (isLive && !process.env.OPENAI_API_KEY) {
    return '--live needs a key: OPENAI_API_KEY=sk-… npm run sandbox:conformance -- --live';
  }
  return given.includes('--spend') && !isLive ? '--spend is for --live: the sandbox costs nothing.' : null;
}
