import { requireCaller } from '@/lib/server/auth/caller';
import { requirePermission } from '@/lib/server/auth/require-user';
import { handle } from '@/lib/server/http/handle';
import { parseJson } from '@/lib/server/http/parse-json';
import { runToolOnce } from '@/lib/server/tools/run-once';
import { ToolRequest } from '@/lib/shared/contract';

/** Runs one business tool. 200 with its reply; a failure that the agent should say aloud is such a reply too. */
export const POST = handle<RouteContext<'/api/voice/calls/[callId]/tools/[name]'>>(
  async (request, { params }) => {
    const user = await requireCaller(request);
    requirePermission(user, 'voice:connect');
    const { callId, name } = await params;
    const input = await parseJson(request, ToolRequest);
    return Response.json(await runToolOnce(user, callId, name, input));
  },
);
