import 'server-only';
import { startSweeping } from '@/lib/server/deadline-timers';
import { getEnv, InvalidEnvError } from '@/lib/server/env';

/** Checks the environment before the first request: a server with a wrong value says so and does not start. */
export function startServer(): void {
  try {
    getEnv();
  } catch (error) {
    if (!(error instanceof InvalidEnvError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
  startSweeping();
}
