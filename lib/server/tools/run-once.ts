import 'server-only';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { Tool } from '@/lib/server/agents/define-tool';
import { getTool, mayUse } from '@/lib/server/agents/lookup';
import type { User } from '@/lib/server/auth/user';
import { BEGIN_TOOL_RUN } from '@/lib/server/call-scripts';
import { endCall } from '@/lib/server/endings/end-call';
import { limitToolCall } from '@/lib/server/money/limits';
import { AppError } from '@/lib/server/platform/app-error';
import { afterResponse, runUnattended } from '@/lib/server/platform/background';
import { audit } from '@/lib/server/records/audit';
import { requireOwnCall } from '@/lib/server/records/stored-call';
import { getRedis } from '@/lib/server/store/redis';
import { fromStore, runScript } from '@/lib/server/store/run-script';
import { KEEP_SECONDS, storeKeys } from '@/lib/server/store/store-keys';
import { runTool } from '@/lib/server/tools/run-tool';
import { ToolReply, type ToolRequest } from '@/lib/shared/contract';
import type { CallId, ToolCallId } from '@/lib/shared/ids';

const POLL_MS = 200;

const StoredRun = z.object({
  tool: z.string(),
  reply: ToolReply.nullable(),
  /** Title of the tool, if the run changed something. The call's history lists it. */
  changed: z.string().optional(),
});
type StoredRun = z.infer<typeof StoredRun>;

const Begun = z.union([
  z.tuple([z.enum(['call_not_found', 'call_ended', 'overdue'])]),
  z.tuple([z.literal('started'), z.string()]),
  z.tuple([z.literal('repeat'), StoredRun]),
]);

const NO_REPLY: ToolReply = {
  ok: false,
  error: {
    code: 'timed_out',
    message: 'That took too long, and it may or may not have gone through. Look it up before you try again.',
  },
};

interface ToolCall {
  user: User;
  callId: CallId;
  tool: Tool;
  toolCallId: ToolCallId;
}

const store = ({ callId, tool, toolCallId }: ToolCall, reply: ToolReply): Promise<unknown> => {
  const changed = reply.ok && tool.changesData ? { changed: tool.title } : {};
  const run: StoredRun = { tool: tool.name, reply, ...changed };
  return fromStore(getRedis().hset(storeKeys.toolRuns(callId), { [toolCallId]: run }));
};

const forget = ({ callId, toolCallId }: ToolCall): Promise<unknown> =>
  runUnattended('forget tool run', () => fromStore(getRedis().hdel(storeKeys.toolRuns(callId), toolCallId)));

/** A repeat gets the first run's reply, and waits for it while that one is still at work. It never runs again. */
async function replyOfFirstRun(call: ToolCall, firstSeen: StoredRun): Promise<ToolReply> {
  const { callId, tool, toolCallId } = call;
  if (firstSeen.tool !== tool.name) {
    throw new AppError('bad_request', { message: 'This toolCallId belongs to a run of another tool.' });
  }
  let { reply } = firstSeen;
  const untilMs = Date.now() + tool.timeoutMs + 2 * POLL_MS;
  while (!reply && Date.now() < untilMs) {
    await wait(POLL_MS);
    const run = await fromStore(getRedis().hget(storeKeys.toolRuns(callId), toolCallId));
    reply = StoredRun.safeParse(run).data?.reply ?? null;
  }
  return reply ?? NO_REPLY;
}

/** Owner, state, deadline, rate limit and the claim of the id: one request to the database. */
async function begin(call: ToolCall): Promise<{ agent: string } | { firstRun: StoredRun }> {
  const { user, callId, tool, toolCallId } = call;
  const keys = [storeKeys.call(callId), storeKeys.toolRuns(callId)];
  const unfinished = JSON.stringify({ tool: tool.name, reply: null } satisfies StoredRun);
  const [limit, begun] = await Promise.allSettled([
    limitToolCall(user),
    runScript(BEGIN_TOOL_RUN, keys, [user.id, Date.now(), toolCallId, unfinished, KEEP_SECONDS], Begun),
  ]);
  if (begun.status === 'rejected') throw begun.reason;
  const answer = begun.value;
  if (answer.length === 1) {
    if (answer[0] === 'overdue') await endCall(await requireOwnCall(user.id, callId), 'time_limit');
    throw new AppError(answer[0] === 'call_not_found' ? 'call_not_found' : 'call_ended');
  }
  if (limit.status === 'rejected') {
    if (answer[0] === 'started') await forget(call);
    throw limit.reason;
  }
  return answer[0] === 'repeat' ? { firstRun: answer[1] } : { agent: answer[1] };
}

/**
 * Runs one tool for the owner of an open call, once per `toolCallId`: a repeat answers the stored reply.
 * A tool that fails answers so as data. Throws `unknown_tool`, `call_not_found`, `call_ended`, `tool_forbidden`,
 * `rate_limited`, `bad_request` or `store_unavailable`.
 */
export async function runToolOnce(
  user: User,
  callId: CallId,
  toolName: string,
  request: ToolRequest,
): Promise<ToolReply> {
  const tool = getTool(toolName);
  if (!tool) throw new AppError('unknown_tool');
  const call: ToolCall = { user, callId, tool, toolCallId: request.toolCallId };
  const begun = await begin(call);
  if ('firstRun' in begun) return replyOfFirstRun(call, begun.firstRun);
  if (!mayUse(begun.agent, tool.name)) {
    await forget(call);
    throw new AppError('tool_forbidden');
  }
  const startedMs = performance.now();
  const reply = await runTool({ tool, args: request.arguments, allowed: request.allowed, user, callId });
  const ms = Math.round(performance.now() - startedMs);
  audit({ event: 'tool_run', userId: user.id, callId, tool: tool.name, ok: reply.ok, ms });
  afterResponse('store tool reply', () => store(call, reply));
  return reply;
}
