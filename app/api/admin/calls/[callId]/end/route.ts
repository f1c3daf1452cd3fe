import { requirePermission, requireUser } from '@/lib/server/auth/require-user';
import { endByAdmin } from '@/lib/server/endings/end-call';
import { handle, respond } from '@/lib/server/http/handle';
import { requireSameOrigin } from '@/lib/server/http/same-origin';
import { audit } from '@/lib/server/records/audit';
import { requireCallId } from '@/lib/server/records/stored-call';
import { Receipt } from '@/lib/shared/contract';

/** An administrator hangs up and settles any user's call. 200 with the receipt, the same each time. */
export const POST = handle<RouteContext<'/api/admin/calls/[callId]/end'>>(
  { perMinute: 60 },
  async (request, { params }) => {
    requireSameOrigin(request);
    const admin = await requireUser();
    requirePermission(admin, 'calls:end');
    const callId = requireCallId((await params).callId);
    const receipt = await endByAdmin(callId);
    audit({ event: 'call_hung_up', userId: admin.id, callId });
    return respond(Receipt, receipt);
  },
);
