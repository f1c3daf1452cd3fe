import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findLeftovers } from './leftovers.ts';

/** The short build of the browser tests: those of the fork's business, a typed call and an interruption by voice. */
const SPECS = ['e2e/business', 'e2e/call/typed-call.spec.ts', 'e2e/call/barge-in.spec.ts'];
/** By voice: what the fork's developer sees first. */
const IN_DEVELOPMENT = 'e2e/business/leave-message-by-voice.spec.ts';
const ANSWERS = [
  ['--site', 'Lakeside Dental'],
  ['--agent', 'Nora'],
  ['--voice', 'coral'],
  ['--business', 'a dental practice in Kendal'],
].flat();

/**
 * `npm run test:make-it-mine`: clones the last commit, makes it the site of a dental practice and proves that nothing
 * of the demo is left and that everything passes, the scenarios of its callers and a call to `npm run dev` included. `--full`
 * runs the whole of `npm test` instead of the short build.
 */
const { values } = parseArgs({ options: { full: { type: 'boolean', default: false } } });
const source = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'make-it-mine-'));
const fork = join(folder, 'fork');

function run(command: string, ...args: string[]): void {
  const startedMs = performance.now();
  console.log(`\n> ${[command, ...args].join(' ')}`);
  execFileSync(command, args, { cwd: fork, stdio: 'inherit' });
  console.log(`  ${((performance.now() - startedMs) / 1000).toFixed(0)} s`);
}

/** The dependencies of this clone by hard links, which cost no room, or else a fresh installation. */
function provideDependencies(): void {
  const from = join(source, 'node_modules');
  const linked = existsSync(from) && spawnSync('cp', ['-al', from, join(fork, 'node_modules')]).status === 0;
  if (!linked) run('npm', 'ci');
  // What tools remember there is written in place, and would be the source's too.
  for (const cache of ['.cache', '.vite']) {
    rmSync(join(fork, 'node_modules', cache), { recursive: true, force: true });
  }
}

function requireNoLeftovers(): void {
  const leftovers = findLeftovers(fork);
  if (leftovers.length > 0)
    throw new Error(`These lines still name the demo business:\n${leftovers.join('\n')}`);
  console.log('\nNothing names the demo business.');
}

function prove(): void {
  execFileSync('git', ['clone', '--quiet', source, fork]);
  provideDependencies();
  run('npm', 'run', 'make-it-mine', '--', ...ANSWERS, '--yes');
  run('git', 'add', '--all');
  requireNoLeftovers();
  if (values.full) {
    run('npm', 'test');
  } else {
    for (const script of ['lint', 'types', 'test:unit', 'build']) run('npm', 'run', script);
    run('npm', 'run', 'test:e2e', '--', ...SPECS);
  }
  run('npm', 'run', 'eval');
  process.env.PARLEY_E2E_MODE = 'dev';
  run('npm', 'run', 'test:e2e', '--', IN_DEVELOPMENT);
}

// Ctrl-C ends the command that runs; what is left is to clean up.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
try {
  prove();
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
