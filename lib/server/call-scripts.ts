import 'server-only';
import { defineScript } from '@/lib/server/run-script';

/**
 * Notes which connection at the provider a call has. A connection belongs to one call, and a call to one
 * connection. One that is reported after the end is queued for hanging up.
 *
 * KEYS: call, connection, hang-ups
 * ARGV: callId, owner, nowMs, rtcCallId, keepSeconds
 */
export const CONNECT = defineScript(`
local callId, nowMs, rtcCallId = ARGV[1], tonumber(ARGV[3]), ARGV[4]
local call = redis.call('HMGET', KEYS[1], 'owner', 'state', 'rtcCallId', 'deadlineMs')
if call[1] ~= ARGV[2] then return 'call_not_found' end
local ended = call[2] == 'ended'
if call[3] then
  if call[3] ~= rtcCallId then return 'other_connection' end
  return ended and 'call_ended' or 'connected'
end
local holder = redis.call('GET', KEYS[2])
if holder and holder ~= callId then return 'other_connection' end
redis.call('SET', KEYS[2], callId, 'EX', ARGV[5])
redis.call('HSET', KEYS[1], 'rtcCallId', rtcCallId)
if ended then
  redis.call('ZADD', KEYS[3], ARGV[3], callId)
  return 'call_ended'
end
redis.call('HSET', KEYS[1], 'state', 'connected')
if nowMs >= tonumber(call[4]) then return 'overdue' end
return 'connected'
`);

/**
 * Takes a few calls that are past their deadline, and a few connections still to be hung up, and puts each
 * a lease ahead: whoever took them deals with them, and if it dies the next taker finds them again.
 *
 * KEYS: deadlines, hang-ups
 * ARGV: nowMs, count, nowMs plus the lease
 */
export const TAKE_OVERDUE = defineScript(`
local function take(queue)
  local due = redis.call('ZRANGEBYSCORE', queue, '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
  for _, callId in ipairs(due) do redis.call('ZADD', queue, ARGV[3], callId) end
  return due
end
return {take(KEYS[1]), take(KEYS[2])}
`);

/**
 * Checks that a tool may run in this call now, and takes the tool call id. A repeat answers what is stored.
 *
 * KEYS: call, tool runs
 * ARGV: owner, nowMs, toolCallId, the run to store, keepSeconds
 */
export const BEGIN_TOOL_RUN = defineScript(`
local call = redis.call('HMGET', KEYS[1], 'owner', 'state', 'deadlineMs', 'agent')
if call[1] ~= ARGV[1] then return {'call_not_found'} end
if call[2] == 'ended' then return {'call_ended'} end
if tonumber(ARGV[2]) >= tonumber(call[3]) then return {'overdue'} end
local run = redis.call('HGET', KEYS[2], ARGV[3])
if run then return {'repeat', run} end
redis.call('HSET', KEYS[2], ARGV[3], ARGV[4])
redis.call('EXPIRE', KEYS[2], ARGV[5])
return {'started', call[4]}
`);
