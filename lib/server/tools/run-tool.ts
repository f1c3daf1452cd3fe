import 'server-only';
import { describeError } from '@/lib/server/describe-error';
import { getEnv } from '@/lib/server/env';
import { handOff } from '@/lib/server/hand-off';
import { log } from '@/lib/server/log';
import { getRedis } from '@/lib/server/redis';
import type { Tool, ToolUser } from '@/lib/server/tools/define-tool';
import { fail } from '@/lib/server/tools/outcome';
import type { ToolReply } from '@/lib/shared/contract';

interface ToolRun {
  tool: Tool;
  /** From the model, so not to be trusted. */
  args: unknown;
  user: ToolUser;
  callId: string;
}

const tookTooLong = (tool: Tool) =>
  fail(
    'timed_out',
    tool.changesData
      ? 'That took too long, and it may or may not have gone through. Look it up before you try again.'
      : 'That took too long. Please try again in a moment.',
  );

/**
 * Runs a tool for a signed-in user, within the tool's own time. Always answers: wrong arguments, a late answer and
 * an unexpected error are replies that the agent can say.
 */
export async function runTool({ tool, args, user, callId }: ToolRun): Promise<ToolReply> {
  const abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<ToolReply>((resolve) => {
    timer = setTimeout(() => {
      resolve(tookTooLong(tool));
      abort.abort();
    }, tool.timeoutMs);
  });
  try {
    const { timeZone } = getEnv().shop;
    const context = {
      user,
      callId,
      now: new Date(),
      timeZone,
      redis: getRedis(),
      handOff: (agentName: string) => handOff(user, callId, agentName),
      signal: abort.signal,
    };
    return await Promise.race([tool.call(args, context), timeout]);
  } catch (error) {
    log().error({ tool: tool.name, callId, error: describeError(error) }, 'tool failed');
    return fail('failed', 'Something went wrong on our side. Please try again in a moment.');
  } finally {
    clearTimeout(timer);
  }
}
