import 'server-only';
import { startSweeping } from '@/lib/server/endings/deadline-timers';
import { getEnv, InvalidEnvError } from '@/lib/server/platform/env';
import { log } from '@/lib/server/platform/log';

/** Checks the environment before the first request: with a wrong value, the server reports it and exits. */
export function startServer(): void {
  try {
    getEnv();
  } catch (error) {
    if (!(error instanceof InvalidEnvError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
  const { deployed, auth, site, notes } = getEnv();
  for (const note of notes) log().warn(note);
  if (deployed && auth.guest && site.clientIpHeader === null) {
    log().warn('CLIENT_IP_HEADER is not set, so all guests share the seconds of one. See .env.example.');
  }
  startSweeping();
}
