import { requireCaller } from '@/lib/server/auth/caller';
import { endCall } from '@/lib/server/endings/end-call';
import { sweepNowAndThen } from '@/lib/server/endings/sweep';
import { handle, respond } from '@/lib/server/http/handle';
import { parseJson } from '@/lib/server/http/parse-json';
import { logReportedCause } from '@/lib/server/records/reported-cause';
import { requireCallId, requireOwnCall } from '@/lib/server/records/stored-call';
import { traceTurns } from '@/lib/server/tracing/call-spans';
import { EndCallRequest, Receipt } from '@/lib/shared/contract';

/** Hangs up and settles. 200 with the receipt, the same each time. A closing page sends this with `keepalive`. */
export const POST = handle<RouteContext<'/api/voice/calls/[callId]/end'>>(
  { perMinute: 30 },
  async (request, { params }) => {
    const user = await requireCaller(request);
    const { callId } = await params;
    const { reason, cause, turns = [] } = await parseJson(request, EndCallRequest);
    const call = await requireOwnCall(user.id, requireCallId(callId));
    if (cause && call.state !== 'ended') logReportedCause(call.callId, cause);
    const receipt = await endCall(call, reason);
    traceTurns(call, turns);
    sweepNowAndThen();
    return respond(Receipt, receipt);
  },
);
