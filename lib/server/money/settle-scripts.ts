// Tested in settle.test, budget-marks.test and console/spend/spend.test.
import 'server-only';
import { z } from 'zod';
import { BOOKS } from '@/lib/server/money/books-script';
import { defineScript } from '@/lib/server/store/run-script';
import { END_REASONS } from '@/lib/shared/contract';

/** Why a stored call ended. A newer version may have stored a reason that this one does not know. */
export const StoredReason = z.enum(END_REASONS).catch('server_hangup');

/**
 * Shared by the two scripts below: how long a connection can have talked by a given time. The provider ends it after an
 * hour. A started second counts, unless it is the one that the hang-up at the deadline takes.
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
 * The sums of a day's calls of one agent and role: calls, seconds and micro-USD, separated by spaces. They are added up in
 * the books, which are read and written anyway, and copied to the key that keeps them.
 */
const COUNTED = `
local function countField(call)
  local role = call.role or (string.sub(call.owner, 1, 6) == 'guest_' and 'guest' or 'user')
  return call.day .. ' ' .. call.agent .. ' ' .. role
end
local function addCounts(before, calls, seconds, microUsd)
  local oldCalls, oldSeconds, oldMicroUsd = string.match(before, '^(%d+) (%d+) (%d+)$')
  return whole((oldCalls or 0) + calls) .. ' ' .. whole((oldSeconds or 0) + seconds) .. ' ' ..
    whole((oldMicroUsd or 0) + microUsd)
end
local function keepCounts(field, counts)
  redis.call('HSET', KEY.spend, field, counts)
  if string.sub(counts, 1, 2) == '1 ' then redis.call('EXPIRE', KEY.spend, ARG.keepSpendSeconds) end
end
`;

/** Kept with the call, so that a network retry returns the same marks. */
const MARKS = `
local function encodeMarks(marks) return #marks > 0 and cjson.encode(marks) or '[]' end
`;

/**
 * Ends a call and turns what it held into what it spent, on the accounts of the day on which it began. A call may spend more
 * than it held. Only a confirmed end returns unused seconds. Settling again returns the first settlement as `known`, and a
 * network retry, recognised by `settleId`, as `settled`. A call whose connection is not the one that the caller ended stays
 * as it is: `changed`.
 *
 * `how` is a `CallEnding`, and `rtcCallId` the connection that the caller ended, or an empty string. The reply holds the
 * charged seconds, the charged micro-USD, the reason, the seconds left today, what tools changed in the call, and the marks
 * of the site's budget that were passed.
 */
export const SETTLE = defineScript({
  keys: ['call', 'books', 'booksToday', 'deadlines', 'spend'],
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
    'keepSpendSeconds',
    'settleId',
  ],
  reply: z.union([
    z.tuple([
      z.enum(['settled', 'known']),
      z.number().int(),
      z.number().int(),
      StoredReason,
      z.number().int(),
      z.array(z.coerce.string()),
      z.array(z.number().int()),
    ]),
    z.tuple([z.enum(['unknown', 'changed'])]),
  ]),
  lua: `${BOOKS}${TALKED}${COUNTED}${MARKS}
local callId, nowMs, how, slotField = ARG.callId, tonumber(ARG.nowMs), ARG.how, 'slot:' .. ARG.owner
local fields, call, done = redis.call('HGETALL', KEY.call), {}, {}
for i = 1, #fields, 2 do
  call[fields[i]] = fields[i + 1]
  if string.sub(fields[i], 1, 5) == 'done:' then table.insert(done, fields[i + 1]) end
end

if call.state == 'ended' then
  local isRetry = call.settleId == ARG.settleId
  return {isRetry and 'settled' or 'known', tonumber(call.chargedSeconds), tonumber(call.chargedMicroUsd), call.reason,
    tonumber(call.secondsLeftToday), isRetry and done or {}, isRetry and cjson.decode(call.marks) or {}}
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
local neverTalked = isRelayed and not call.rtcCallId and not call.connectedAtMs
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
  -- A first dial that failed costs nothing; tickets that were left to lie cost the time in which they held room from others.
  local isFailedDial = neverTalked and call.dialId and tonumber(call.resumes or '0') == 0
  seconds = isFailedDial and 0 or passed(call, math.min(nowMs, secretUntilMs))
end
local microUsd = neverTalked and 0 or seconds * price

local accounts = cjson.decode(call.accounts)
local isCounted, countsField = not neverTalked and how ~= 'released', countField(call)
local slot, _, counts = readSums(KEY.books, accounts, slotField, countsField)
if isCounted then counts = addCounts(counts, 1, seconds, microUsd) end
-- The mark refuses a late duplicate of this call's reservation.
if slot ~= '' and cjson.decode(slot).callId == callId then slot = cjson.encode({callId = callId, void = true}) end
local marks = {}
for _, account in ipairs(accounts) do
  local before = account.spent
  account.held = account.held - reserved * perSecond(account, price)
  account.spent = before + (account.unit == 'seconds' and seconds or microUsd)
  if account.id == 'site' then marks = crossed(ARG.marksJson, before, account.spent) end
end
writeSums(KEY.books, accounts, slotField, slot, isCounted and {countsField, counts} or {})
if isCounted then keepCounts(countsField, counts) end
redis.call('ZREM', KEY.deadlines, call.queued or callId)
if call.rtcCallId and call.connect ~= 'own_key' then
  local entry = callId .. '/' .. call.rtcCallId
  if how == 'unconfirmed' then redis.call('ZADD', KEY.deadlines, ARG.nowMs, entry) end
  if how == 'gone' then redis.call('ZADD', KEY.deadlines, ARG.askAgainMs, entry .. '/gone') end
end

if KEY.booksToday ~= KEY.books then readSums(KEY.booksToday, accounts, slotField) end
local left = secondsLeft(accounts)
redis.call('HSET', KEY.call, 'state', 'ended', 'endedAtMs', ARG.nowMs, 'reason', ARG.reason, 'ticketHash', '',
  'chargedSeconds', whole(seconds), 'chargedMicroUsd', whole(microUsd), 'secondsLeftToday', whole(left),
  'settleId', ARG.settleId, 'marks', encodeMarks(marks))
if (neverTalked or how == 'released') and not call.hasStray then redis.call('EXPIRE', KEY.call, ARG.shortKeepSeconds) end
return {'settled', seconds, microUsd, ARG.reason, left, done, marks}
`,
});

/** Titles of the tools that changed something. */
const DONE = `
local function readDone()
  local done = {}
  for _, field in ipairs(redis.call('HKEYS', KEY.call)) do
    if string.sub(field, 1, 5) == 'done:' then table.insert(done, redis.call('HGET', KEY.call, field)) end
  end
  return done
end
`;

/**
 * Charges what a settled call talked beyond its settlement, because its connection was hung up only now. Never charges
 * less. A network retry, recognised by `correctId`, charges once. The reply holds the charged seconds, the charged
 * micro-USD, the seconds left today, what tools changed, and marks as above.
 */
export const CORRECT = defineScript({
  keys: ['call', 'books', 'spend'],
  args: ['nowMs', 'rtcCallId', 'marksJson', 'keepSpendSeconds', 'correctId'],
  reply: z.union([
    z.tuple([
      z.literal('corrected'),
      z.number().int(),
      z.number().int(),
      z.number().int(),
      z.array(z.coerce.string()),
      z.array(z.number().int()),
    ]),
    z.tuple([z.literal('same')]),
  ]),
  lua: `${BOOKS}${TALKED}${COUNTED}${MARKS}${DONE}
local names = {'state', 'rtcCallId', 'reservedSeconds', 'startedAtMs', 'connectedAtMs', 'microUsdPerSecond', 'accounts', 'chargedSeconds',
  'chargedMicroUsd', 'secondsLeftToday', 'owner', 'agent', 'role', 'day', 'correctId', 'marks'}
local call = {}
for i, value in ipairs(redis.call('HMGET', KEY.call, unpack(names))) do call[names[i]] = value or nil end
if call.state ~= 'ended' or call.rtcCallId ~= ARG.rtcCallId then return {'same'} end
local charged, seconds = tonumber(call.chargedSeconds), talked(call, tonumber(ARG.nowMs))
if call.correctId == ARG.correctId then
  return {'corrected', charged, tonumber(call.chargedMicroUsd), tonumber(call.secondsLeftToday), readDone(),
    cjson.decode(call.marks)}
end
if seconds <= charged then return {'same'} end
local extra = seconds - charged
local microUsd = tonumber(call.chargedMicroUsd) + extra * tonumber(call.microUsdPerSecond)
local marks = {}
for _, account in ipairs(cjson.decode(call.accounts)) do
  local more = extra * perSecond(account, tonumber(call.microUsdPerSecond))
  local spent = redis.call('HINCRBY', KEY.books, account.id .. ':spent', whole(more))
  if account.id == 'site' then marks = crossed(ARG.marksJson, spent - more, spent) end
end
local countsField = countField(call)
local counts = redis.call('HGET', KEY.books, countsField) or ''
counts = addCounts(counts, 0, extra, extra * tonumber(call.microUsdPerSecond))
redis.call('HSET', KEY.books, countsField, counts)
keepCounts(countsField, counts)
local left = math.max(0, tonumber(call.secondsLeftToday) - extra)
redis.call('HSET', KEY.call, 'chargedSeconds', whole(seconds), 'chargedMicroUsd', whole(microUsd),
  'secondsLeftToday', whole(left), 'correctId', ARG.correctId, 'marks', encodeMarks(marks))
return {'corrected', seconds, microUsd, left, readDone(), marks}
`,
});
