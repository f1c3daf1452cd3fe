import 'server-only';
import { canHaveAdministrators } from '@/lib/server/auth/owner';
import { DIAGNOSES } from '@/lib/server/doctor/diagnoses';
import { startSweeping } from '@/lib/server/endings/deadline-timers';
import { getEnv, InvalidEnvError } from '@/lib/server/platform/env';
import { log } from '@/lib/server/platform/log';
import { problemSentence } from '@/lib/server/platform/setup/problem-sentences';
import { prepareShutdown } from '@/lib/server/platform/shutdown';
import { checkStore } from '@/lib/server/store/check-store';
import { BUILD } from '@/lib/shared/build';

/**
 * Says in the log what keeps the database from holding Parley's promises. The server starts all the same: it may be
 * back in a moment.
 */
async function reportStore(): Promise<void> {
  const problem = await checkStore();
  if (problem) log().error({ problem }, problemSentence(problem));
}

/** next-auth reads these itself. An empty line is a value for it: an address that it fails on, a host that nobody trusts. */
const READ_BY_NEXT_AUTH = [
  'AUTH_TRUST_HOST',
  'NEXTAUTH_URL',
  'NEXTAUTH_URL_INTERNAL',
  'VERCEL',
  'VERCEL_URL',
];

function forgetEmptyLines(): void {
  for (const name of READ_BY_NEXT_AUTH) {
    if (process.env[name]?.trim() === '') delete process.env[name];
  }
}

/**
 * next-auth reads this variable itself: visitors of a preview, or of a machine that pulled its settings, would land on
 * the production site.
 */
function forgetForeignAddress(): void {
  if (getEnv().site.url === null) delete process.env.NEXTAUTH_URL;
}

/** Checks the environment before the first request: with a wrong value, the server reports it and exits. */
export function startServer(): void {
  try {
    getEnv();
  } catch (error) {
    if (!(error instanceof InvalidEnvError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
  forgetEmptyLines();
  forgetForeignAddress();
  const { deployed, auth, site, notes, missing, host, redis } = getEnv();
  log().info(
    { host: host.kind, endsCallsBy: host.endsCallsBy, build: BUILD, node: process.version },
    'starting',
  );
  if (missing.length > 0) log().error({ missing }, 'No call can be opened: the setup page says what to set.');
  for (const note of notes) log().warn(note);
  if (deployed && auth.guest && site.clientIpHeader === null) {
    log().warn('CLIENT_IP_HEADER is not set, so all guests share the seconds of one. See .env.example.');
  }
  if (deployed && !canHaveAdministrators()) {
    const { problem, cure } = DIAGNOSES.admin_missing;
    log().warn(`${problem} ${cure}`);
  }
  // Where no process lives on, this would cost a request at every cold start: the health check does it there.
  if (redis && !site.serverless) void reportStore();
  startSweeping();
  // Cloud Run stops a process without requests, but asks it first.
  if (host.kind !== 'vercel') prepareShutdown();
}
