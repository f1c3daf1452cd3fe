import 'server-only';
import { defineScript } from '@/lib/server/store/run-script';

/**
 * Notes which connection at the provider a call has; noted before, it is `known`. A connection belongs to one call,
 * and a call has one connection at a time. One that shows up after the end is queued for hanging up. In relay mode
 * only the last offer that used a ticket may connect, and nobody can report a connection.
 *
 * KEYS: call, connection, hang-ups
 * ARGV: callId, owner, nowMs, rtcCallId, keepSeconds, dialId of the relayed offer, or an empty string
 */
export const CONNECT = defineScript(`
local callId, nowMs, rtcCallId, dialId = ARGV[1], tonumber(ARGV[3]), ARGV[4], ARGV[6]
local call = redis.call('HMGET', KEYS[1], 'owner', 'state', 'rtcCallId', 'deadlineMs', 'connect', 'dialId')
if call[1] ~= ARGV[2] then return 'call_not_found' end
local ended = call[2] == 'ended'
if call[3] == rtcCallId then return ended and 'call_ended' or 'known' end
if call[3] or redis.call('EXISTS', KEYS[2]) == 1 then return 'other_connection' end
if call[5] == 'relay' and (dialId == '' or dialId ~= call[6]) then return 'other_connection' end
redis.call('SET', KEYS[2], callId, 'EX', ARGV[5])
redis.call('HSET', KEYS[1], 'rtcCallId', rtcCallId)
if ended then
  if call[5] ~= 'own_key' then redis.call('ZADD', KEYS[3], ARGV[3], callId .. '/' .. rtcCallId) end
  return 'call_ended'
end
redis.call('HSET', KEYS[1], 'state', 'connected')
if nowMs >= tonumber(call[4]) then return 'overdue' end
return 'connected'
`);

/**
 * Takes the ticket of a relayed call, once, and answers the agent and the options of the call. The same request sent
 * twice (network retries do that) takes it once.
 *
 * KEYS: call
 * ARGV: owner, nowMs, hash of the ticket, dialId: a fresh id of this offer
 */
export const USE_TICKET = defineScript(`
local call = redis.call('HMGET', KEYS[1], 'owner', 'state', 'deadlineMs', 'agent', 'ticketHash', 'secretUntilMs',
  'dialId', 'options')
local dial = {'dial', call[4], call[8] or '{}'}
local nowMs = tonumber(ARGV[2])
if call[1] ~= ARGV[1] then return {'call_not_found'} end
if call[2] == 'ended' then return {'call_ended'} end
if nowMs >= tonumber(call[3]) then return {'overdue'} end
if call[7] == ARGV[4] then return dial end
if call[5] ~= ARGV[3] or nowMs >= tonumber(call[6]) then return {'ticket_refused'} end
redis.call('HDEL', KEYS[1], 'ticketHash')
redis.call('HSET', KEYS[1], 'dialId', ARGV[4])
return dial
`);

/**
 * Takes the connection that was hung up off a call, so that it can have another one under the same reservation.
 * An offer still under way for the old ticket can no longer connect. Sent twice, it counts once.
 *
 * KEYS: call
 * ARGV: owner, nowMs, the connection that was hung up or an empty string, most resumes, new secretUntilMs,
 *       hash of the new ticket or an empty string, resumeId: a fresh id of this request
 */
export const RESUME = defineScript(`
local call = redis.call('HMGET', KEYS[1], 'owner', 'state', 'deadlineMs', 'rtcCallId', 'resumes', 'resumeId')
if call[1] ~= ARGV[1] then return 'call_not_found' end
if call[2] == 'ended' then return 'call_ended' end
if tonumber(ARGV[2]) >= tonumber(call[3]) then return 'overdue' end
if call[6] == ARGV[7] then return 'resumed' end
if (call[4] or '') ~= ARGV[3] or tonumber(call[5] or '0') >= tonumber(ARGV[4]) then return 'not_resumable' end
redis.call('HINCRBY', KEYS[1], 'resumes', 1)
redis.call('HDEL', KEYS[1], 'rtcCallId', 'dialId', 'ticketHash')
redis.call('HSET', KEYS[1], 'state', 'open', 'secretUntilMs', ARGV[5], 'resumeId', ARGV[7])
if ARGV[6] ~= '' then redis.call('HSET', KEYS[1], 'ticketHash', ARGV[6]) end
return 'resumed'
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
