import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** The stages of `npm test`, in order. The stages of one row do not disturb each other and run side by side. */
const ROWS = [['lint', 'types'], ['test:unit'], ['build'], ['test:e2e']];

interface Outcome {
  stage: string;
  ok: boolean;
  seconds: number;
}

/** Runs one npm script. With `output: 'whole'` its output appears when it has ended, so that two do not mix. */
async function runStage(stage: string, output: 'live' | 'whole'): Promise<Outcome> {
  const startedMs = performance.now();
  const child = spawn('npm', ['run', '--silent', stage], {
    stdio: output === 'live' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('exit', resolve);
  });
  const printed = [child.stdout, child.stderr].map((stream) => (stream ? text(stream) : ''));
  const code = await exited;
  const seconds = Math.round((performance.now() - startedMs) / 1000);
  if (output === 'whole') console.log(`> ${stage}\n${(await Promise.all(printed)).join('')}`);
  return { stage, ok: code === 0, seconds };
}

/** Runs all stages and returns whether all passed. The first row with a failure is the last. */
async function runAll(): Promise<boolean> {
  const outcomes: Outcome[] = [];
  for (const row of ROWS) {
    const [only, ...others] = row;
    if (only !== undefined && others.length === 0) {
      if (outcomes.length > 0) console.log(`Seconds so far: ${formatSeconds(outcomes)}\n> ${only}`);
      outcomes.push(await runStage(only, 'live'));
    } else {
      outcomes.push(...(await Promise.all(row.map((stage) => runStage(stage, 'whole')))));
    }
    const failed = outcomes.filter(({ ok }) => !ok).map(({ stage }) => stage);
    if (failed.length > 0) {
      console.error(`Failed: ${failed.join(', ')}. Seconds: ${formatSeconds(outcomes)}`);
      return false;
    }
  }
  return true;
}

const formatSeconds = (outcomes: readonly Outcome[]): string =>
  outcomes.map(({ stage, seconds }) => `${stage} ${seconds}`).join(', ');

process.exitCode = (await runAll()) ? 0 : 1;
