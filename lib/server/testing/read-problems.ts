import { InvalidEnvError, readEnv } from '@/lib/server/platform/env';

/** Returns what is wrong with a set of variables. Empty: nothing. */
export function readProblems(source: Record<string, string>): readonly string[] {
  try {
    readEnv(source);
  } catch (error) {
    if (error instanceof InvalidEnvError) return error.problems;
    throw error;
  }
  return [];
}
