import { requirePermission, requireUser } from '@/lib/server/auth/require-user';
import { readConsole } from '@/lib/server/console/console-state';
import { endByAdmin } from '@/lib/server/endings/end-call';
import { handle, respond } from '@/lib/server/http/handle';
import { requireSameOrigin } from '@/lib/server/http/same-origin';
import { audit } from '@/lib/server/records/audit';
import { ConsoleState } from '@/lib/shared/owner/console';

/** An administrator hangs up every call that the console lists. 200 with what goes on then: more calls, or those that failed. */
export const POST = handle({ perMinute: 12 }, async (request) => {
  requireSameOrigin(request);
  const admin = await requireUser();
  requirePermission(admin, 'calls:end');
  const { calls } = await readConsole(Date.now());
  await Promise.allSettled(
    calls.map(async ({ callId }) => {
      await endByAdmin(callId);
      audit({ event: 'call_hung_up', userId: admin.id, callId });
    }),
  );
  return respond(ConsoleState, await readConsole(Date.now()));
});
