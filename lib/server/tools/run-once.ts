import 'server-only';
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { Tool } from '@/lib/server/agents/define-tool';
import { getTool, listAgentsWith } from '@/lib/server/agents/lookup';
import { fail, ok } from '@/lib/server/agents/outcome';
import type { User } from '@/lib/server/auth/user';
import { refuseOverdue } from '@/lib/server/endings/end-call';
import { sweepNowAndThen } from '@/lib/server/endings/sweep';
import { AppError } from '@/lib/server/platform/app-error';
import { audit, auditName } from '@/lib/server/records/audit';
import { doneField, runField } from '@/lib/server/records/stored-call';
import { getRedis } from '@/lib/server/store/redis';
import { defineScript, fromStore, runScript } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';
import { storeAfterResponse } from '@/lib/server/store/try-again';
import { repeatHandOff } from '@/lib/server/tools/hand-off';
import { runTool } from '@/lib/server/tools/run-tool';
import { timedOut } from '@/lib/server/tools/timed-out';
import { traceTool } from '@/lib/server/tracing/call-spans';
import { tell } from '@/lib/server/webhooks/tell';
import { ToolReply, type ToolRequest } from '@/lib/shared/contract';
import type { CallId, ToolCallId } from '@/lib/shared/ids';

const POLL_MS = 200;
const MOST_RUNS_PER_MINUTE = 60;
/** What a call stores is bounded, whatever its tools return. */
const MOST_RUNS = 300;
const MOST_REPLY_CHARACTERS = 8 * 1024;

const StoredRun = z.object({
  tool: z.string(),
  /** `null` while the run is under way. */
  reply: ToolReply.nullable(),
  /** The agent that the run handed the call to. Its policy is long, so it is composed again for a repeat. */
  handedTo: z.string().optional(),
});
type StoredRun = z.infer<typeof StoredRun>;
type Claim = StoredRun & { reply: null; request: string };

/**
 * Checks that a tool may run in this call now, counts the run, and claims the tool call id. For an id that was claimed
 * before, it returns what is stored. Sent twice (a network retry), it starts once, as each request's `runJson` is another.
 * `agents` are those that may use the tool.
 */
const BEGIN_TOOL_RUN = defineScript({
  keys: ['call'],
  args: ['owner', 'nowMs', 'minute', 'runField', 'runJson', 'mostPerMinute', 'most', '...agents'],
  reply: z.union([
    z.tuple([
      z.enum([
        'call_not_found',
        'call_ended',
        'overdue',
        'call_not_connected',
        'tool_forbidden',
        'too_often',
        'too_many',
        'started',
      ]),
    ]),
    z.tuple([z.literal('repeat'), StoredRun]),
  ]),
  lua: `
local call = redis.call('HMGET', KEY.call, 'owner', 'state', 'deadlineMs', 'agent', 'connectedAtMs',
  'runMinute', 'runsThisMinute', 'runs', ARG.runField)
if call[1] ~= ARG.owner then return {'call_not_found'} end
if call[2] == 'ended' then return {'call_ended'} end
if tonumber(ARG.nowMs) >= tonumber(call[3]) then return {'overdue'} end
if not call[5] then return {'call_not_connected'} end
if call[9] == ARG.runJson then return {'started'} end
if call[9] then return {'repeat', call[9]} end
local mayUse = false
for _, agent in ipairs(ARG.agents) do mayUse = mayUse or agent == call[4] end
if not mayUse then return {'tool_forbidden'} end
local thisMinute = call[6] == ARG.minute and tonumber(call[7]) or 0
local runs = tonumber(call[8] or '0')
if thisMinute >= tonumber(ARG.mostPerMinute) then return {'too_often'} end
if runs >= tonumber(ARG.most) then return {'too_many'} end
redis.call('HSET', KEY.call, 'runMinute', ARG.minute, 'runsThisMinute', thisMinute + 1, 'runs', runs + 1,
  ARG.runField, ARG.runJson)
return {'started'}
`,
});

interface ToolCall {
  user: User;
  callId: CallId;
  tool: Tool;
  toolCallId: ToolCallId;
}

const fits = (reply: ToolReply) => JSON.stringify(reply).length <= MOST_REPLY_CHARACTERS;
const shorten = (words: string) => words.slice(0, MOST_REPLY_CHARACTERS / 2);

/** Returns what is stored of a run. A repeat of a very long reply gets the beginning of its summary or message alone. */
function toStoredRun(tool: Tool, reply: ToolReply): StoredRun {
  if (!reply.ok) {
    const { code, message } = reply.error;
    return { tool: tool.name, reply: fits(reply) ? reply : fail(code.slice(0, 80), shorten(message)) };
  }
  const { handoff, ...said } = reply;
  return {
    tool: tool.name,
    reply: fits(said) ? said : ok(shorten(said.summary), null),
    ...(handoff ? { handedTo: handoff.agent.name } : {}),
  };
}

/**
 * Stores what came of a run, and what it changed: one command. If that adds a field for the run, its claim was gone: the
 * user has deleted their data meanwhile, and the reply goes too.
 */
async function store({ callId, tool, toolCallId }: ToolCall, reply: ToolReply): Promise<void> {
  const [run, title] = [runField(toolCallId), doneField(toolCallId)];
  const done = reply.ok && tool.changesData ? { [title]: tool.title } : {};
  const redis = getRedis();
  const key = storeKeys.call(callId);
  const added = await fromStore(redis.hset(key, { [run]: toStoredRun(tool, reply), ...done }));
  if (added > Object.keys(done).length) await fromStore(redis.hdel(key, run, title));
}

/** Returns the first run's reply. Waits for it while the first run is under way, and never runs again. */
async function awaitFirstRun(call: ToolCall, firstSeen: StoredRun): Promise<ToolReply> {
  const { user, callId, tool, toolCallId } = call;
  if (firstSeen.tool !== tool.name) {
    throw new AppError('bad_request', { message: 'This toolCallId belongs to a run of another tool.' });
  }
  let run = firstSeen;
  const untilMs = Date.now() + tool.timeoutMs + 2 * POLL_MS;
  while (!run.reply && Date.now() < untilMs) {
    await wait(POLL_MS);
    const stored = await fromStore(getRedis().hget(storeKeys.call(callId), runField(toolCallId)));
    run = StoredRun.safeParse(stored).data ?? run;
  }
  const { reply, handedTo } = run;
  if (!reply?.ok || handedTo === undefined) return reply ?? timedOut(true);
  return { ...reply, handoff: await repeatHandOff(user, callId, handedTo) };
}

/** Owner, state, deadline, agent, rate and the claim of the id: one script. Returns the first run of an id claimed before. */
async function begin({ user, callId, tool, toolCallId }: ToolCall): Promise<StoredRun | null> {
  const nowMs = Date.now();
  const minute = Math.floor(nowMs / 60_000);
  const reply = await runScript(
    BEGIN_TOOL_RUN,
    { call: storeKeys.call(callId) },
    {
      owner: user.id,
      nowMs,
      minute,
      runField: runField(toolCallId),
      runJson: JSON.stringify({ tool: tool.name, reply: null, request: randomUUID() } satisfies Claim),
      mostPerMinute: MOST_RUNS_PER_MINUTE,
      most: MOST_RUNS,
      agents: listAgentsWith(tool.name),
    },
  );
  switch (reply[0]) {
    case 'started':
      return null;
    case 'repeat':
      return reply[1];
    case 'overdue':
      return refuseOverdue(user.id, callId);
    case 'too_often':
      throw new AppError('rate_limited', { retryAfterSeconds: ((minute + 1) * 60_000 - nowMs) / 1000 });
    case 'too_many':
      throw new AppError('rate_limited', { message: 'This call has used up its tools. Start a new call.' });
    default:
      throw new AppError(reply[0]);
  }
}

/**
 * Runs one tool for the owner of an open call, once per `toolCallId`, and returns its reply. A repeat returns the stored
 * reply. A failure of the tool is a reply as well. A call that never connected costs nothing, so it runs nothing.
 * Throws `unknown_tool`, `call_not_found`, `call_ended`, `call_not_connected`, `tool_forbidden`, `rate_limited`, `bad_request` or
 * `store_unavailable`.
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
  const firstRun = await begin(call);
  if (firstRun) return awaitFirstRun(call, firstRun);
  sweepNowAndThen();
  const startedMs = performance.now();
  const reply = await traceTool({ callId, toolCallId: call.toolCallId, tool: tool.name }, () =>
    runTool({ tool, args: request.arguments, allowed: request.allowed, user, callId }),
  );
  const ms = Math.round(performance.now() - startedMs);
  audit({ event: 'tool_run', userId: user.id, callId, tool: tool.name, ok: reply.ok, ms });
  const data = { callId, user: auditName(user.id), tool: tool.name, ok: reply.ok, ms };
  tell({ type: 'tool.ran', about: `${callId}_${call.toolCallId}`, data });
  storeAfterResponse('store tool reply', () => store(call, reply));
  return reply;
}
