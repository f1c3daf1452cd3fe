// Tested in ledger.test, budget-attacks.test and console/console-state.test.
import 'server-only';
import { z } from 'zod';
import { BOOKS } from '@/lib/server/money/books-script';
import { defineScript } from '@/lib/server/store/run-script';
import { CallId } from '@/lib/shared/ids';

/**
 * How long a look for a pause and for blocks counts. What the console's scripts write is seen at once; this bounds what is
 * written another way: by hand, or by a process of an older build.
 */
export const GATE_OPEN_MS = 5 * 60_000;

/**
 * Holds seconds and money on every account, takes the user's one slot, writes the call and queues it: all or nothing. A
 * network retry holds once.
 *
 * A relayed call is queued for the end of its ticket, and moves to its deadline when the ticket is redeemed. One that is
 * dialled at once has the `dialId` of that offer in place of a ticket. `lookBack` is `1` shortly after midnight, when the
 * user's slot may be in yesterday's books. `goneCallId` is a call in the slot that the database no longer knows, or an empty
 * string: it may still be talking, so what it held counts as spent.
 *
 * `paused`: the owner lets no new call begin. `blocked`: the owner lets this person or network begin none, until a time, or 0.
 * Calls that were reserved before go on. A reservation that finds neither notes the time in the day's books, so that those of
 * the next minutes need not look; `SHUT_GATE` removes the note.
 * `spent`: the account has no room before midnight. `busy`: it has room at the given time, when another call ends.
 */
export const RESERVE = defineScript({
  keys: ['call', 'books', 'booksBefore', 'deadlines', 'paused', 'blocks'],
  args: [
    'callId',
    'owner',
    'who',
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
    'role',
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
    z.tuple([z.literal('blocked'), z.number().int()]),
    z.tuple([z.literal('busy'), z.string(), z.number().int()]),
    z.tuple([z.enum(['paused', 'void'])]),
  ]),
  lua: `${BOOKS}
local callId, nowMs, price = ARG.callId, tonumber(ARG.nowMs), tonumber(ARG.microUsdPerSecond)
local accounts, slotField = cjson.decode(ARG.accountsJson), 'slot:' .. ARG.owner

-- Returns until when the caller is blocked, 0 without an end, or nil.
local function blockedUntilMs()
  local names = {'person ' .. ARG.who}
  for _, account in ipairs(accounts) do
    if string.sub(account.id, 1, 8) == 'network_' then table.insert(names, 'network ' .. string.sub(account.id, 9)) end
  end
  for _, block in ipairs(redis.call('HMGET', KEY.blocks, unpack(names))) do
    local untilMs = block and (cjson.decode(block).untilMs or 0)
    if untilMs and (untilMs == 0 or untilMs > nowMs) then return untilMs end
  end
end

local function parseSlot(slot) return slot ~= '' and cjson.decode(slot) or {void = true} end
local slotBooks = KEY.books
local slot, isNew, gate = readSums(KEY.books, accounts, slotField, 'gate')
local other = parseSlot(slot)
if other.callId == callId then
  if other.void then return {'void'} end
  return {'reserved', other.seconds}
end
if other.void and ARG.lookBack == '1' then
  slotBooks = KEY.booksBefore
  other = parseSlot(redis.call('HGET', slotBooks, slotField) or '')
end
local gateNote = {}
if math.abs(nowMs - (tonumber(gate) or 0)) >= ${GATE_OPEN_MS} then
  if redis.call('EXISTS', KEY.paused, KEY.blocks) == 0 then
    gateNote = {'gate', ARG.nowMs}
  else
    local untilMs = blockedUntilMs()
    if untilMs then return {'blocked', untilMs} end
    if redis.call('EXISTS', KEY.paused) == 1 then return {'paused'} end
  end
end
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

local queued = callId .. ' person_' .. ARG.who
for _, account in ipairs(accounts) do
  account.held = account.held + seconds * perSecond(account, price)
  if account.isShared then queued = queued .. ' ' .. account.id end
end
local deadlineMs = nowMs + seconds * 1000
local hasTicket = ARG.connect == 'relay' and ARG.dialId == ''
local dueMs = hasTicket and math.min(deadlineMs, tonumber(ARG.secretUntilMs)) or deadlineMs
local mine = {callId = callId, seconds = seconds, price = price, accounts = cjson.decode(ARG.accountsJson)}
writeSums(KEY.books, accounts, slotField, cjson.encode(mine), gateNote)
if isNew then redis.call('EXPIRE', KEY.books, ARG.keepSeconds) end
redis.call('ZADD', KEY.deadlines, whole(dueMs), queued)
redis.call('HSET', KEY.call, 'state', 'open', 'reservedSeconds', whole(seconds),
  'microUsdPerSecond', ARG.microUsdPerSecond, 'startedAtMs', ARG.nowMs, 'deadlineMs', whole(deadlineMs),
  'owner', ARG.owner, 'agent', ARG.agent, 'role', ARG.role, 'day', ARG.day, 'accounts', ARG.accountsJson, 'connect', ARG.connect,
  'options', ARG.optionsJson, 'secretUntilMs', ARG.secretUntilMs, 'queued', queued,
  'ticketHash', ARG.ticketHash, unpack(ARG.dialId == '' and {} or {'dialId', ARG.dialId}))
redis.call('EXPIRE', KEY.call, ARG.keepCallSeconds)
return {'reserved', seconds}
`,
});
