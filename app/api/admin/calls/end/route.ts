import { requireAdministrator } from '@/lib/server/auth/owner';
import { readConsole } from '@/lib/server/console/console-state';
import { endAllByAdmin } from '@/lib/server/endings/end-call';
import { handle, respond } from '@/lib/server/http/handle';
import { ConsoleState } from '@/lib/shared/owner/console';

/** An administrator hangs up every call that the console lists. 200 with what goes on then: more calls, or those that failed. */
export const POST = handle({ perMinute: 12 }, async (request) => {
  const { id } = await requireAdministrator(request);
  const { calls } = await readConsole(Date.now());
  const callIds = calls.map(({ callId }) => callId);
  await endAllByAdmin(callIds, id);
  return respond(ConsoleState, await readConsole(Date.now()));
});
