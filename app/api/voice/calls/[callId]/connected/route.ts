import { requireUser } from '@/lib/server/auth';
import { connectCall } from '@/lib/server/connect-call';
import { handle } from '@/lib/server/http';
import { parseJson } from '@/lib/server/parse-json';
import { requireSameOrigin } from '@/lib/server/same-origin';
import { ConnectedRequest } from '@/lib/shared/contract';

/** Direct mode: the browser reports the provider's id of its connection. 204. */
export const POST = handle<RouteContext<'/api/voice/calls/[callId]/connected'>>(
  async (request, { params }) => {
    requireSameOrigin(request);
    const user = await requireUser();
    const { callId } = await params;
    const { rtcCallId } = await parseJson(request, ConnectedRequest);
    await connectCall(user.id, callId, rtcCallId);
    return new Response(null, { status: 204 });
  },
);
