import { requireAdministrator } from '@/lib/server/auth/owner';
import { endByAdmin } from '@/lib/server/endings/end-call';
import { handle, respond } from '@/lib/server/http/handle';
import { requireCallId } from '@/lib/server/records/stored-call';
import { Receipt } from '@/lib/shared/contract';

/** An administrator hangs up and settles any user's call. 200 with the receipt, the same each time. */
export const POST = handle<RouteContext<'/api/admin/calls/[callId]/end'>>(
  { perMinute: 60 },
  async (request, { params }) => {
    const { id } = await requireAdministrator(request);
    const { callId } = await params;
    return respond(Receipt, await endByAdmin(requireCallId(callId), id));
  },
);
