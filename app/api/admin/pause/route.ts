import { requirePermission, requireUser } from '@/lib/server/auth/require-user';
import { pauseCalls, readConsole, resumeCalls } from '@/lib/server/console/console-state';
import { handle, respond } from '@/lib/server/http/handle';
import { requireSameOrigin } from '@/lib/server/http/same-origin';
import { audit } from '@/lib/server/records/audit';
import { ConsoleState } from '@/lib/shared/owner/console';

/** Who may end everybody's calls may keep new ones from beginning. */
async function requireAdmin(request: Request) {
  requireSameOrigin(request);
  const user = await requireUser();
  requirePermission(user, 'calls:end');
  return user;
}

/** Pauses new calls, at once and on every process. 200 with the state of the console, the same each time. */
export const POST = handle({ perMinute: 30 }, async (request) => {
  const { id: userId } = await requireAdmin(request);
  await pauseCalls(Date.now());
  audit({ event: 'calls_paused', userId });
  return respond(ConsoleState, await readConsole(Date.now()));
});

/** Lets calls begin again. 200 with the state of the console, the same each time. */
export const DELETE = handle({ perMinute: 30 }, async (request) => {
  const { id: userId } = await requireAdmin(request);
  await resumeCalls();
  audit({ event: 'calls_resumed', userId });
  return respond(ConsoleState, await readConsole(Date.now()));
});
