import 'server-only';
import { defineScript } from '@/lib/server/store/run-script';

/** Shared by the scripts below: an account is a hash of what is spent and what is held. */
const ACCOUNT = `
local function used(account)
  local sums = redis.call('HMGET', account, 'spent', 'held')
  return tonumber(sums[1] or '0') + tonumber(sums[2] or '0')
end
local function whole(number) return string.format('%.0f', number) end
`;

/**
 * Holds seconds on every account and money on the site's, takes the person's one slot, writes the call and
 * its deadline: all of it or nothing. Sent twice for one call (network retries do that) it holds once.
 *
 * KEYS: call, slot, site, deadlines, accounts…
 * ARGV: callId, nowMs, wantedSeconds, leastSeconds, microUsdPerSecond, siteBudgetMicroUsd, keepSeconds,
 *       one allowance per account…, further fields of the call…
 */
export const RESERVE = defineScript(`${ACCOUNT}
local accounts = #KEYS - 4
local callId, nowMs, keep = ARGV[1], tonumber(ARGV[2]), ARGV[7]
local price, budget = tonumber(ARGV[5]), tonumber(ARGV[6])

local known = redis.call('HMGET', KEYS[1], 'state', 'reservedSeconds')
if known[1] == 'open' then return {'reserved', tonumber(known[2])} end
if known[1] then return {'void'} end

local other = redis.call('GET', KEYS[2])
if other then return {'already_in_call', other} end

local seconds = tonumber(ARGV[3])
for i = 1, accounts do
  seconds = math.min(seconds, tonumber(ARGV[7 + i]) - used(KEYS[4 + i]))
end
if seconds < tonumber(ARGV[4]) then return {'allowance_exhausted'} end
if used(KEYS[3]) + seconds * price > budget then return {'budget_exhausted'} end

for i = 1, accounts do
  redis.call('HINCRBY', KEYS[4 + i], 'held', whole(seconds))
  redis.call('EXPIRE', KEYS[4 + i], keep)
end
redis.call('HINCRBY', KEYS[3], 'held', whole(seconds * price))
redis.call('EXPIRE', KEYS[3], keep)
redis.call('SET', KEYS[2], callId, 'EX', keep)
redis.call('ZADD', KEYS[4], whole(nowMs + seconds * 1000), callId)
redis.call('HSET', KEYS[1], 'state', 'open', 'reservedSeconds', whole(seconds), 'microUsdPerSecond', ARGV[5],
  'startedAtMs', ARGV[2], 'deadlineMs', whole(nowMs + seconds * 1000), unpack(ARGV, 8 + accounts))
redis.call('EXPIRE', KEYS[1], keep)
return {'reserved', seconds}
`);

/**
 * Ends a call and turns what it held into what it spent, on the accounts of the day on which it began.
 * Only a confirmed end gives unused seconds back. Settling again answers the first settlement, as `known`.
 * A call whose connection is not the one that the ender dealt with is left as it is: `changed`.
 *
 * KEYS: call, slot, site, deadlines, hang-ups, accounts of the call's day…, the same accounts today…
 * ARGV: callId, nowMs, how it ended (see `CallEnding`), connection that the ender dealt with or an empty string,
 *       reason, keepSeconds, one allowance per account…
 */
export const SETTLE = defineScript(`${ACCOUNT}
local accounts = (#KEYS - 5) / 2
local callId, nowMs, how, keep = ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[6]
local call = redis.call('HMGET', KEYS[1], 'state', 'reservedSeconds', 'microUsdPerSecond', 'startedAtMs',
  'rtcCallId', 'chargedSeconds', 'reason', 'secondsLeftToday', 'connect', 'secretUntilMs', 'resumes')
local state, reserved, price, rtcCallId = call[1], tonumber(call[2]), tonumber(call[3]), call[5]

if state == 'ended' then return {'known', tonumber(call[6]), call[7], tonumber(call[8])} end
if not state or state == 'void' then
  -- A reservation that was given up may still be on its way here: this mark refuses it.
  redis.call('HSET', KEYS[1], 'state', 'void')
  redis.call('EXPIRE', KEYS[1], keep)
  redis.call('ZREM', KEYS[4], callId)
  return {'unknown'}
end
if how ~= 'released' and (rtcCallId or '') ~= ARGV[4] then return {'changed'} end

local function sinceStart(untilMs) return math.ceil((untilMs - tonumber(call[4])) / 1000) end
local relay = call[9] == 'relay'
local charged = reserved
if how == 'released' then charged = 0 end
if how == 'hung_up' or (how == 'gone' and relay) then charged = sinceStart(nowMs) end
if how == 'gone' and not relay then
  charged = math.max(sinceStart(nowMs), sinceStart(tonumber(call[10] or call[4])))
end
if how == 'unconnected' and relay then
  charged = tonumber(call[11] or '0') > 0 and sinceStart(nowMs) or 0
end
charged = math.min(reserved, math.max(0, charged))

for i = 1, accounts do
  redis.call('HINCRBY', KEYS[5 + i], 'held', whole(-reserved))
  redis.call('HINCRBY', KEYS[5 + i], 'spent', whole(charged))
end
redis.call('HINCRBY', KEYS[3], 'held', whole(0 - reserved * price))
redis.call('HINCRBY', KEYS[3], 'spent', whole(charged * price))
if redis.call('GET', KEYS[2]) == callId then redis.call('DEL', KEYS[2]) end
redis.call('ZREM', KEYS[4], callId)
if rtcCallId and how ~= 'hung_up' and how ~= 'gone' and call[9] ~= 'own_key' then
  redis.call('ZADD', KEYS[5], ARGV[2], callId .. '/' .. rtcCallId)
end

local left = math.huge
for i = 1, accounts do
  left = math.min(left, tonumber(ARGV[6 + i]) - used(KEYS[5 + accounts + i]))
end
left = math.max(0, left)
redis.call('HDEL', KEYS[1], 'ticketHash')
redis.call('HSET', KEYS[1], 'state', 'ended', 'endedAtMs', ARGV[2], 'reason', ARGV[5],
  'chargedSeconds', whole(charged), 'secondsLeftToday', whole(left))
return {'settled', charged, ARGV[5], left}
`);

/** What is spent or held on each account. KEYS: accounts… */
export const USED = defineScript(`${ACCOUNT}
local sums = {}
for i, account in ipairs(KEYS) do sums[i] = used(account) end
return sums
`);
