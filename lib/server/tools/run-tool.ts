import 'server-only';
import { isDeepStrictEqual } from 'node:util';
import type { Tool, ToolContext } from '@/lib/server/agents/define-tool';
import { fail } from '@/lib/server/agents/outcome';
import { describeError } from '@/lib/server/platform/describe-error';
import { log } from '@/lib/server/platform/log';
import { withDeadline } from '@/lib/server/platform/with-deadline';
import { timedOut } from '@/lib/server/tools/timed-out';
import { createToolContext, type ToolCaller } from '@/lib/server/tools/tool-context';
import type { PreviewLine, ToolReply } from '@/lib/shared/contract';
import type { CallId } from '@/lib/shared/ids';

interface ToolRun {
  tool: Tool;
  /** From the model, so untrusted. */
  args: unknown;
  /** The preview that the user allowed, if they saw more than the arguments. */
  allowed?: readonly PreviewLine[] | undefined;
  user: ToolCaller;
  callId: CallId;
}

const CHANGED = fail(
  'changed',
  'It is no longer what you allowed, so I left it as it is. Shall I ask you again?',
);

/** Between the question and the answer, "Monday at ten" may become next Monday's. */
async function runAsAllowed({ tool, args, allowed }: ToolRun, context: ToolContext): Promise<ToolReply> {
  if (allowed !== undefined) {
    const preview = await tool.preview(args, context);
    if (!preview.ok) return preview;
    if (!isDeepStrictEqual(preview.lines, allowed)) return CHANGED;
  }
  return tool.call(args, context);
}

/**
 * Runs a tool for a signed-in user, within the tool's own time, and returns its reply. Never throws: wrong arguments, a
 * late result and an unexpected error are replies that the agent can say.
 */
export async function runTool(run: ToolRun): Promise<ToolReply> {
  const { tool, user, callId } = run;
  const abort = new AbortController();
  try {
    const context = createToolContext(user, callId, abort.signal);
    return await withDeadline(runAsAllowed(run, context), tool.timeoutMs, () => {
      abort.abort();
      return timedOut(tool.changesData);
    });
  } catch (error) {
    log().error({ tool: tool.name, callId, error: describeError(error) }, 'tool failed');
    return fail('failed', 'Something went wrong on our side. Please try again in a moment.');
  }
}
