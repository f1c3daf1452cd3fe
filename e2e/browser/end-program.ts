import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Ends a program with SIGTERM, and with SIGKILL when it takes longer. Resolves when it has ended. */
export async function endProgram(program: ChildProcess, withinMs: number): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return;
  const ended = once(program, 'exit');
  program.kill('SIGTERM');
  const force = setTimeout(() => program.kill('SIGKILL'), withinMs);
  await ended;
  clearTimeout(force);
}
