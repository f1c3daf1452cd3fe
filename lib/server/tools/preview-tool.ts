import 'server-only';
import { getTool, mayUse } from '@/lib/server/agents/lookup';
import type { User } from '@/lib/server/auth/user';
import { AppError } from '@/lib/server/platform/app-error';
import { withDeadline } from '@/lib/server/platform/with-deadline';
import { requireOwnCall } from '@/lib/server/records/stored-call';
import { timedOut } from '@/lib/server/tools/timed-out';
import { createToolContext } from '@/lib/server/tools/tool-context';
import type { PreviewRequest, ToolPreview } from '@/lib/shared/contract';
import type { CallId } from '@/lib/shared/ids';

/**
 * Returns what a tool would do, for the owner of an open call whose agent may use it. Runs nothing and claims no
 * `toolCallId`.
 * Throws `unknown_tool`, `call_not_found`, `call_ended`, `call_not_connected`, `tool_forbidden` or `store_unavailable`. An
 * error of the tool itself passes through.
 */
export async function previewTool(
  user: User,
  callId: CallId,
  toolName: string,
  request: PreviewRequest,
): Promise<ToolPreview> {
  const tool = getTool(toolName);
  if (!tool) throw new AppError('unknown_tool');
  const call = await requireOwnCall(user.id, callId);
  if (call.state === 'ended' || Date.now() >= call.deadlineMs) throw new AppError('call_ended');
  if (call.connectedAtMs === undefined) throw new AppError('call_not_connected');
  if (!mayUse(call.agent, tool.name)) throw new AppError('tool_forbidden');
  const context = createToolContext(user, callId, AbortSignal.timeout(tool.timeoutMs));
  return withDeadline(tool.preview(request.arguments, context), tool.timeoutMs, () => timedOut(false));
}
