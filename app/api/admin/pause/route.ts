import { requireAdministrator } from '@/lib/server/auth/owner';
import { readConsole } from '@/lib/server/console/console-state';
import { pauseCalls, resumeCalls } from '@/lib/server/console/pause';
import { handle, respond } from '@/lib/server/http/handle';
import { audit } from '@/lib/server/records/audit';
import { ConsoleState } from '@/lib/shared/owner/console';

/** Pauses new calls, at once and on every process. 200 with the state of the console, the same each time. */
export const POST = handle({ perMinute: 30 }, async (request) => {
  const { id: userId } = await requireAdministrator(request);
  await pauseCalls(Date.now());
  audit({ event: 'calls_paused', userId });
  return respond(ConsoleState, await readConsole(Date.now()));
});

/** Lets calls begin again. 200 with the state of the console, the same each time. */
export const DELETE = handle({ perMinute: 30 }, async (request) => {
  const { id: userId } = await requireAdministrator(request);
  await resumeCalls();
  audit({ event: 'calls_resumed', userId });
  return respond(ConsoleState, await readConsole(Date.now()));
});
