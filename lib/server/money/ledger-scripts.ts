import 'server-only';
import { z } from 'zod';
import { defineScript } from '@/lib/server/store/run-script';
import { END_REASONS } from '@/lib/shared/contract';
import { CallId } from '@/lib/shared/ids';

/** Shared by the scripts below: an account is a hash of what is spent and what is held. */
const ACCOUNT = `
local function used(account)
  local sums = redis.call('HMGET', account, 'spent', 'held')
  return tonumber(sums[1] or '0') + tonumber(sums[2] or '0')
end
local function whole(number) return string.format('%.0f', number) end
`;

/**
 * Holds seconds on every account and money on the site's, takes the user's one slot, writes the call and its
 * deadline: all of it or nothing. Sent twice for one call (a network retry), it holds once.
 * `allowances` has one entry for each account.
 */
export const RESERVE = defineScript({
  keys: ['call', 'slot', 'site', 'deadlines', '...accounts'],
  args: [
    'callId',
    'nowMs',
    'wantedSeconds',
    'leastSeconds',
    'microUsdPerSecond',
    'siteBudgetMicroUsd',
    'keepSeconds',
    'owner',
    'agent',
    'day',
    'accountsJson',
    'connect',
    'optionsJson',
    'secretUntilMs',
    'ticketHash',
    '...allowances',
  ],
  reply: z.union([
    z.tuple([z.literal('reserved'), z.number().int().positive()]),
    z.tuple([z.literal('already_in_call'), CallId]),
    z.tuple([z.enum(['allowance_exhausted', 'budget_exhausted', 'void'])]),
  ]),
  lua: `${ACCOUNT}
local callId, nowMs, keep = ARG.callId, tonumber(ARG.nowMs), ARG.keepSeconds
local price, budget = tonumber(ARG.microUsdPerSecond), tonumber(ARG.siteBudgetMicroUsd)

local known = redis.call('HMGET', KEY.call, 'state', 'reservedSeconds')
if known[1] == 'open' then return {'reserved', tonumber(known[2])} end
if known[1] then return {'void'} end

local other = redis.call('GET', KEY.slot)
if other then return {'already_in_call', other} end

local seconds = tonumber(ARG.wantedSeconds)
for i, account in ipairs(KEY.accounts) do
  seconds = math.min(seconds, tonumber(ARG.allowances[i]) - used(account))
end
if seconds < tonumber(ARG.leastSeconds) then return {'allowance_exhausted'} end
if used(KEY.site) + seconds * price > budget then return {'budget_exhausted'} end

for _, account in ipairs(KEY.accounts) do
  redis.call('HINCRBY', account, 'held', whole(seconds))
  redis.call('EXPIRE', account, keep)
end
redis.call('HINCRBY', KEY.site, 'held', whole(seconds * price))
redis.call('EXPIRE', KEY.site, keep)
redis.call('SET', KEY.slot, callId, 'EX', keep)
redis.call('ZADD', KEY.deadlines, whole(nowMs + seconds * 1000), callId)
redis.call('HSET', KEY.call, 'state', 'open', 'reservedSeconds', whole(seconds),
  'microUsdPerSecond', ARG.microUsdPerSecond, 'startedAtMs', ARG.nowMs, 'deadlineMs', whole(nowMs + seconds * 1000),
  'owner', ARG.owner, 'agent', ARG.agent, 'day', ARG.day, 'accounts', ARG.accountsJson, 'connect', ARG.connect,
  'options', ARG.optionsJson, 'secretUntilMs', ARG.secretUntilMs)
if ARG.ticketHash ~= '' then redis.call('HSET', KEY.call, 'ticketHash', ARG.ticketHash) end
redis.call('EXPIRE', KEY.call, keep)
return {'reserved', seconds}
`,
});

/**
 * Ends a call and turns what it held into what it spent, on the accounts of the day on which it began.
 * Only a confirmed end gives unused seconds back. Settling again returns the first settlement, as `known`.
 * A call whose connection is not the one that the caller ended is left as it is: `changed`.
 *
 * `how` is a `CallEnding`, and `rtcCallId` the connection that the caller ended, or an empty string. `accounts` are
 * those of the call's day, then the same accounts today; `allowances` has one entry for each account.
 */
export const SETTLE = defineScript({
  keys: ['call', 'slot', 'site', 'deadlines', 'hangUps', '...accounts'],
  args: ['callId', 'nowMs', 'how', 'rtcCallId', 'reason', 'keepSeconds', '...allowances'],
  reply: z.union([
    z.tuple([z.enum(['settled', 'known']), z.number().int(), z.enum(END_REASONS), z.number().int()]),
    z.tuple([z.enum(['unknown', 'changed'])]),
  ]),
  lua: `${ACCOUNT}
local count = #ARG.allowances
local callId, nowMs, how = ARG.callId, tonumber(ARG.nowMs), ARG.how
local call = redis.call('HMGET', KEY.call, 'state', 'reservedSeconds', 'microUsdPerSecond', 'startedAtMs',
  'rtcCallId', 'chargedSeconds', 'reason', 'secondsLeftToday', 'connect', 'secretUntilMs', 'resumes')
local state, reserved, price, rtcCallId = call[1], tonumber(call[2]), tonumber(call[3]), call[5]

if state == 'ended' then return {'known', tonumber(call[6]), call[7], tonumber(call[8])} end
if not state or state == 'void' then
  -- A reservation that was given up may still be on its way here: this mark refuses it.
  redis.call('HSET', KEY.call, 'state', 'void')
  redis.call('EXPIRE', KEY.call, ARG.keepSeconds)
  redis.call('ZREM', KEY.deadlines, callId)
  return {'unknown'}
end
if how ~= 'released' and (rtcCallId or '') ~= ARG.rtcCallId then return {'changed'} end

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

for i = 1, count do
  redis.call('HINCRBY', KEY.accounts[i], 'held', whole(-reserved))
  redis.call('HINCRBY', KEY.accounts[i], 'spent', whole(charged))
end
redis.call('HINCRBY', KEY.site, 'held', whole(0 - reserved * price))
redis.call('HINCRBY', KEY.site, 'spent', whole(charged * price))
if redis.call('GET', KEY.slot) == callId then redis.call('DEL', KEY.slot) end
redis.call('ZREM', KEY.deadlines, callId)
if rtcCallId and how ~= 'hung_up' and how ~= 'gone' and call[9] ~= 'own_key' then
  redis.call('ZADD', KEY.hangUps, ARG.nowMs, callId .. '/' .. rtcCallId)
end

local left = math.huge
for i = 1, count do
  left = math.min(left, tonumber(ARG.allowances[i]) - used(KEY.accounts[count + i]))
end
left = math.max(0, left)
redis.call('HDEL', KEY.call, 'ticketHash')
redis.call('HSET', KEY.call, 'state', 'ended', 'endedAtMs', ARG.nowMs, 'reason', ARG.reason,
  'chargedSeconds', whole(charged), 'secondsLeftToday', whole(left))
return {'settled', charged, ARG.reason, left}
`,
});

/** Returns what is spent or held on each account. */
export const USED = defineScript({
  keys: ['...accounts'],
  args: [],
  reply: z.array(z.number()),
  lua: `${ACCOUNT}
local sums = {}
for i, account in ipairs(KEY.accounts) do sums[i] = used(account) end
return sums
`,
});
