import { requireCaller } from '@/lib/server/auth/caller';
import { requirePermission } from '@/lib/server/auth/require-user';
import { handle, respond } from '@/lib/server/http/handle';
import { parseJson } from '@/lib/server/http/parse-json';
import { requireCallId } from '@/lib/server/records/stored-call';
import { previewTool } from '@/lib/server/tools/preview-tool';
import { PreviewRequest, ToolPreview } from '@/lib/shared/contract';

/** Returns what a run would do, for the user to read before allowing it. Changes nothing. 200. */
export const POST = handle<RouteContext<'/api/voice/calls/[callId]/tools/[name]/preview'>>(
  { perMinute: 60 },
  async (request, { params }) => {
    const user = await requireCaller(request);
    requirePermission(user, 'voice:connect');
    const { callId, name } = await params;
    const input = await parseJson(request, PreviewRequest);
    return respond(ToolPreview, await previewTool(user, requireCallId(callId), name, input));
  },
);
