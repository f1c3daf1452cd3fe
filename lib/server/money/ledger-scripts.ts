import 'server-only';
import { z } from 'zod';
import { BOOKS } from '@/lib/server/money/books-script';
import { defineScript } from '@/lib/server/store/run-script';
import { END_REASONS } from '@/lib/shared/contract';
import { CallId } from '@/lib/shared/ids';

/**
 * Holds seconds and money on every account, takes the user's one slot, writes the call and queues it: all of it or
 * nothing. Sent twice for one call (a network retry), it holds once.
 *
 * A relayed call is queued for the end of its ticket, and moves to its deadline once the ticket is used. One that is
 * dialled at once has no ticket, but the `dialId` of that offer. `lookBack`
 * is `1` shortly after midnight: the user's slot may be in yesterday's books. `goneCallId` is a call that was found in
 * the slot and exists no longer, or an empty string: whether it talks is unknown, so what it held is spent.
 *
 * `paused`: the owner lets no new call begin. A call that was reserved before goes on.
 * `spent`: the account has no room before midnight. `busy`: it has room at the given time, when another call ends.
 */
export const RESERVE = defineScript({
  keys: ['call', 'books', 'booksBefore', 'deadlines', 'paused'],
  args: [
    'callId',
    'owner',
    'nowMs',
    'wantedSeconds',
    'leastSeconds',
    'microUsdPerSecond',
    'keepSeconds',
    'keepCallSeconds',
    'accountsJson',
    'lookBack',
    'goneCallId',
    'agent',
    'day',
    'connect',
    'optionsJson',
    'secretUntilMs',
    'ticketHash',
    'dialId',
  ],
  reply: z.union([
    z.tuple([z.literal('reserved'), z.number().int().positive()]),
    z.tuple([z.literal('already_in_call'), CallId]),
    z.tuple([z.literal('spent'), z.string()]),
    z.tuple([z.literal('busy'), z.string(), z.number().int()]),
    z.tuple([z.enum(['paused', 'void'])]),
  ]),
  lua: `${BOOKS}
local callId, nowMs, price = ARG.callId, tonumber(ARG.nowMs), tonumber(ARG.microUsdPerSecond)
local accounts, slotField = cjson.decode(ARG.accountsJson), 'slot:' .. ARG.owner

local slotBooks = KEY.books
local slot, isNew = readSums(KEY.books, accounts, slotField)
if slot == '' and ARG.lookBack == '1' then
  slotBooks = KEY.booksBefore
  slot = redis.call('HGET', slotBooks, slotField) or ''
end
local other = slot ~= '' and cjson.decode(slot) or {void = true}
if other.callId == callId then
  if other.void then return {'void'} end
  return {'reserved', other.seconds}
end
if redis.call('EXISTS', KEY.paused) == 1 then return {'paused'} end
if not other.void then
  if other.callId ~= ARG.goneCallId then return {'already_in_call', other.callId} end
  readSums(slotBooks, other.accounts, slotField)
  for _, account in ipairs(other.accounts) do
    local amount = other.seconds * perSecond(account, other.price)
    account.held, account.spent = account.held - amount, account.spent + amount
  end
  writeSums(slotBooks, other.accounts, slotField, '')
  readSums(KEY.books, accounts, slotField)
end

local least, seconds = tonumber(ARG.leastSeconds), tonumber(ARG.wantedSeconds)
local function room(account, used) return math.floor((account.limit - used) / perSecond(account, price)) end
for _, account in ipairs(accounts) do
  if room(account, account.spent) < least then return {'spent', account.id} end
  seconds = math.min(seconds, room(account, account.spent + account.held))
end
if seconds < least then
  local looked = 200
  local queue = redis.call('ZRANGE', KEY.deadlines, 0, looked - 1, 'WITHSCORES')
  local busiest, freeAtMs = '', 0
  for _, account in ipairs(accounts) do
    if room(account, account.spent + account.held) < least then
      local soonestMs = #queue == 2 * looked and tonumber(queue[#queue]) or nowMs
      for i = 1, #queue, 2 do
        local member = queue[i] .. ' '
        local holds = account.id == 'site' or string.find(member, ' ' .. account.id .. ' ', 1, true)
        if holds and not string.find(member, '/', 1, true) then soonestMs = tonumber(queue[i + 1]); break end
      end
      if soonestMs >= freeAtMs then busiest, freeAtMs = account.id, soonestMs end
    end
  end
  return {'busy', busiest, freeAtMs}
end

local queued = callId
for _, account in ipairs(accounts) do
  account.held = account.held + seconds * perSecond(account, price)
  if account.isShared then queued = queued .. ' ' .. account.id end
end
local deadlineMs = nowMs + seconds * 1000
local hasTicket = ARG.connect == 'relay' and ARG.dialId == ''
local dueMs = hasTicket and math.min(deadlineMs, tonumber(ARG.secretUntilMs)) or deadlineMs
local mine = {callId = callId, seconds = seconds, price = price, accounts = cjson.decode(ARG.accountsJson)}
writeSums(KEY.books, accounts, slotField, cjson.encode(mine))
if isNew then redis.call('EXPIRE', KEY.books, ARG.keepSeconds) end
redis.call('ZADD', KEY.deadlines, whole(dueMs), queued)
redis.call('HSET', KEY.call, 'state', 'open', 'reservedSeconds', whole(seconds),
  'microUsdPerSecond', ARG.microUsdPerSecond, 'startedAtMs', ARG.nowMs, 'deadlineMs', whole(deadlineMs),
  'owner', ARG.owner, 'agent', ARG.agent, 'day', ARG.day, 'accounts', ARG.accountsJson, 'connect', ARG.connect,
  'options', ARG.optionsJson, 'secretUntilMs', ARG.secretUntilMs, 'queued', queued,
  'ticketHash', ARG.ticketHash, unpack(ARG.dialId == '' and {} or {'dialId', ARG.dialId}))
redis.call('EXPIRE', KEY.call, ARG.keepCallSeconds)
return {'reserved', seconds}
`,
});

/**
 * Shared by the two scripts below: how long a connection can have talked by a time, as the provider ends it after an hour.
 * A begun second counts, unless it is the one that the hang-up at the deadline takes.
 */
const TALKED = `
local function passed(call, untilMs)
  local seconds, reserved = (untilMs - tonumber(call.startedAtMs)) / 1000, tonumber(call.reservedSeconds)
  return math.max(0, seconds <= reserved and math.ceil(seconds) or math.floor(seconds))
end
local function talked(call, untilMs)
  return math.min(passed(call, untilMs), passed(call, tonumber(call.connectedAtMs or call.startedAtMs)) + 3600)
end
`;

/**
 * Ends a call and turns what it held into what it spent, on the accounts of the day on which it began. What it spent may
 * be more than it held. Only a confirmed end gives unused seconds back. Settling again returns the first settlement, as
 * `known`. A call whose connection is not the one that the caller ended is left as it is: `changed`.
 *
 * `how` is a `CallEnding`, and `rtcCallId` the connection that the caller ended, or an empty string. The reply holds the
 * charged seconds, the charged micro-USD, the reason, the seconds that are left, what tools changed in the call, and the
 * marks of the site's budget that were passed.
 */
export const SETTLE = defineScript({
  keys: ['call', 'books', 'booksToday', 'deadlines'],
  args: [
    'callId',
    'owner',
    'nowMs',
    'how',
    'rtcCallId',
    'reason',
    'keepSeconds',
    'shortKeepSeconds',
    'askAgainMs',
    'marksJson',
  ],
  reply: z.union([
    z.tuple([
      z.enum(['settled', 'known']),
      z.number().int(),
      z.number().int(),
      z.enum(END_REASONS),
      z.number().int(),
      z.array(z.coerce.string()),
      z.array(z.number().int()),
    ]),
    z.tuple([z.enum(['unknown', 'changed'])]),
  ]),
  lua: `${BOOKS}${TALKED}
local callId, nowMs, how, slotField = ARG.callId, tonumber(ARG.nowMs), ARG.how, 'slot:' .. ARG.owner
local fields, call, done = redis.call('HGETALL', KEY.call), {}, {}
for i = 1, #fields, 2 do
  call[fields[i]] = fields[i + 1]
  if string.sub(fields[i], 1, 5) == 'done:' then table.insert(done, fields[i + 1]) end
end

if call.state == 'ended' then
  return {'known', tonumber(call.chargedSeconds), tonumber(call.chargedMicroUsd), call.reason,
    tonumber(call.secondsLeftToday), {}, {}}
end
if not call.state then
  -- A reservation that was given up may still be on its way here: this mark in the slot refuses it.
  local slot = redis.call('HGET', KEY.books, slotField) or ''
  if slot == '' or cjson.decode(slot).void then
    redis.call('HSET', KEY.books, slotField, cjson.encode({callId = callId, void = true}))
    redis.call('EXPIRE', KEY.books, ARG.keepSeconds)
  end
  return {'unknown'}
end
if how ~= 'released' and (call.rtcCallId or '') ~= ARG.rtcCallId then return {'changed'} end

local reserved, price = tonumber(call.reservedSeconds), tonumber(call.microUsdPerSecond)
local secretUntilMs, isRelayed = tonumber(call.secretUntilMs), call.connect == 'relay'
local neverTalked = isRelayed and not call.rtcCallId and tonumber(call.resumes or '0') == 0
local seconds = reserved
if how == 'released' then
  seconds = 0
elseif how == 'hung_up' or (how == 'gone' and isRelayed) then
  seconds = talked(call, nowMs)
elseif how == 'gone' then
  seconds = math.max(talked(call, nowMs), passed(call, secretUntilMs))
elseif how == 'unconfirmed' and call.connect ~= 'own_key' then
  seconds = math.max(reserved, talked(call, nowMs))
elseif how == 'unconnected' and isRelayed then
  -- A dial that failed costs nothing; a ticket that was left to lie costs the time in which it held room from others.
  local isFailedDial = neverTalked and call.dialId
  seconds = isFailedDial and 0 or passed(call, math.min(nowMs, secretUntilMs))
end
local microUsd = neverTalked and 0 or seconds * price

local accounts = cjson.decode(call.accounts)
local slot = readSums(KEY.books, accounts, slotField)
-- The mark refuses a late duplicate of this call's reservation.
if slot ~= '' and cjson.decode(slot).callId == callId then slot = cjson.encode({callId = callId, void = true}) end
local marks = {}
for _, account in ipairs(accounts) do
  local before = account.spent
  account.held = account.held - reserved * perSecond(account, price)
  account.spent = before + (account.unit == 'seconds' and seconds or microUsd)
  if account.id == 'site' then marks = crossed(ARG.marksJson, before, account.spent) end
end
writeSums(KEY.books, accounts, slotField, slot)
redis.call('ZREM', KEY.deadlines, call.queued or callId)
if call.rtcCallId and call.connect ~= 'own_key' then
  local entry = callId .. '/' .. call.rtcCallId
  if how == 'unconfirmed' then redis.call('ZADD', KEY.deadlines, ARG.nowMs, entry) end
  if how == 'gone' then redis.call('ZADD', KEY.deadlines, ARG.askAgainMs, entry .. '/gone') end
end

if KEY.booksToday ~= KEY.books then readSums(KEY.booksToday, accounts, slotField) end
local left = secondsLeft(accounts)
redis.call('HSET', KEY.call, 'state', 'ended', 'endedAtMs', ARG.nowMs, 'reason', ARG.reason, 'ticketHash', '',
  'chargedSeconds', whole(seconds), 'chargedMicroUsd', whole(microUsd), 'secondsLeftToday', whole(left))
if neverTalked or how == 'released' then redis.call('EXPIRE', KEY.call, ARG.shortKeepSeconds) end
return {'settled', seconds, microUsd, ARG.reason, left, done, marks}
`,
});

/**
 * Charges what a settled call talked beyond its settlement, because its connection was hung up only now. Never charges
 * less. The reply holds the charged seconds, the charged micro-USD, the seconds that are left, and marks as above.
 */
export const CORRECT = defineScript({
  keys: ['call', 'books'],
  args: ['nowMs', 'rtcCallId', 'marksJson'],
  reply: z.union([
    z.tuple([
      z.literal('corrected'),
      z.number().int(),
      z.number().int(),
      z.number().int(),
      z.array(z.number().int()),
    ]),
    z.tuple([z.literal('same')]),
  ]),
  lua: `${BOOKS}${TALKED}
local names = {'state', 'rtcCallId', 'reservedSeconds', 'startedAtMs', 'connectedAtMs', 'microUsdPerSecond', 'accounts', 'chargedSeconds',
  'chargedMicroUsd', 'secondsLeftToday'}
local call = {}
for i, value in ipairs(redis.call('HMGET', KEY.call, unpack(names))) do call[names[i]] = value or nil end
if call.state ~= 'ended' or call.rtcCallId ~= ARG.rtcCallId then return {'same'} end
local charged, seconds = tonumber(call.chargedSeconds), talked(call, tonumber(ARG.nowMs))
if seconds <= charged then return {'same'} end
local extra = seconds - charged
local microUsd = tonumber(call.chargedMicroUsd) + extra * tonumber(call.microUsdPerSecond)
local marks = {}
for _, account in ipairs(cjson.decode(call.accounts)) do
  local more = extra * perSecond(account, tonumber(call.microUsdPerSecond))
  local spent = redis.call('HINCRBY', KEY.books, account.id .. ':spent', whole(more))
  if account.id == 'site' then marks = crossed(ARG.marksJson, spent - more, spent) end
end
local left = math.max(0, tonumber(call.secondsLeftToday) - extra)
redis.call('HSET', KEY.call, 'chargedSeconds', whole(seconds), 'chargedMicroUsd', whole(microUsd),
  'secondsLeftToday', whole(left))
return {'corrected', seconds, microUsd, left, marks}
`,
});
