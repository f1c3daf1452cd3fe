import { requireCaller } from '@/lib/server/auth/caller';
import { connectCall } from '@/lib/server/calls/connect-call';
import { handle } from '@/lib/server/http/handle';
import { parseJson } from '@/lib/server/http/parse-json';
import { requireCallId } from '@/lib/server/records/stored-call';
import { ConnectedRequest } from '@/lib/shared/contract';

/** Direct mode: the browser reports the provider's id of its connection. 204. */
export const POST = handle<RouteContext<'/api/voice/calls/[callId]/connected'>>(
  { perMinute: 30 },
  async (request, { params }) => {
    const user = await requireCaller(request);
    const { callId } = await params;
    const { rtcCallId } = await parseJson(request, ConnectedRequest);
    await connectCall({ userId: user.id, callId: requireCallId(callId), rtcCallId });
    return new Response(null, { status: 204 });
  },
);
