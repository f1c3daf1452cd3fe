import { requirePermission, requireUser } from '@/lib/server/auth/require-user';
import { readConsole } from '@/lib/server/console/console-state';
import { handle, respond } from '@/lib/server/http/handle';
import { ConsoleState } from '@/lib/shared/owner/console';

/** For administrators: whether new calls are paused, and the calls that go on. */
export const GET = handle({ perMinute: 60 }, async () => {
  requirePermission(await requireUser(), 'calls:end');
  return respond(ConsoleState, await readConsole(Date.now()));
});
