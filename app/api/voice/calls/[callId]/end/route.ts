import { requireCaller } from '@/lib/server/auth/caller';
import { endCall } from '@/lib/server/endings/end-call';
import { reapAfterResponse } from '@/lib/server/endings/reap';
import { handle } from '@/lib/server/http/handle';
import { parseJson } from '@/lib/server/http/parse-json';
import { requireOwnCall } from '@/lib/server/records/stored-call';
import { EndCallRequest } from '@/lib/shared/contract';

/** Hangs up and settles. 200 with the receipt, the same one each time; a closing page sends this with `keepalive`. */
export const POST = handle<RouteContext<'/api/voice/calls/[callId]/end'>>(async (request, { params }) => {
  const user = await requireCaller(request);
  const { callId } = await params;
  const { reason } = await parseJson(request, EndCallRequest);
  const receipt = await endCall(await requireOwnCall(user.id, callId), reason);
  reapAfterResponse();
  return Response.json(receipt);
});
