import { requireCaller } from '@/lib/server/auth/caller';
import { requirePermission } from '@/lib/server/auth/require-user';
import { handle, respond } from '@/lib/server/http/handle';
import { parseJson } from '@/lib/server/http/parse-json';
import { requireCallId } from '@/lib/server/records/stored-call';
import { runToolOnce } from '@/lib/server/tools/run-once';
import { ToolReply, ToolRequest } from '@/lib/shared/contract';

/** Runs one business tool. 200 with its reply. A failure that the agent should say aloud is a reply too. */
export const POST = handle<RouteContext<'/api/voice/calls/[callId]/tools/[name]'>>(
  { perMinute: 90 },
  async (request, { params }) => {
    const user = await requireCaller(request);
    requirePermission(user, 'voice:connect');
    const { callId, name } = await params;
    const input = await parseJson(request, ToolRequest);
    return respond(ToolReply, await runToolOnce(user, requireCallId(callId), name, input));
  },
);
