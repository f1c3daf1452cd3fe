import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Mode } from '../options/plan-services.ts';
import { SetupError } from '../options/setup-error.ts';
import { createNextOutput, type NextOutput } from './next-output.ts';
import { type Service, startService } from './service.ts';

export interface NextService extends Service {
  output: NextOutput;
  /** Its errors before it listened: shown only when it never does. */
  earlyErrors(): string;
}

/** Throws `SetupError` when there is no production build to start. */
export function requireBuild(directory: string): void {
  if (existsSync(join(directory, '.next', 'BUILD_ID'))) return;
  throw new SetupError('There is no production build yet. Make one with: npm run build');
}

interface NextOptions {
  directory: string;
  mode: Mode;
  port: number;
  hostname: string | undefined;
  env: NodeJS.ProcessEnv;
}

/** Starts `next dev` or `next start`. */
export function startNext({ directory, mode, port, hostname, env }: NextOptions): NextService {
  const service = startService({
    name: 'Next',
    directory,
    args: [
      join('node_modules', 'next', 'dist', 'bin', 'next'),
      mode,
      '--port',
      String(port),
      ...(hostname === undefined ? [] : ['--hostname', hostname]),
    ],
    // Its output is a pipe, so it would print without colours.
    env: { NEXT_TELEMETRY_DISABLED: '1', ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}), ...env },
    output: ['pipe', 'pipe'],
  });
  const output = createNextOutput();
  service.process.stdout
    ?.setEncoding('utf8')
    .on('data', (chunk) => process.stdout.write(output.filter(chunk)));

  let held: string | undefined = '';
  void output.listening.then(() => {
    process.stderr.write(held ?? '');
    held = undefined;
  });
  service.process.stderr?.setEncoding('utf8').on('data', (chunk) => {
    if (held === undefined) process.stderr.write(chunk);
    else held += chunk;
  });
  return { ...service, output, earlyErrors: () => held ?? '' };
}
