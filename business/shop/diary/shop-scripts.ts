import 'server-only';
import { defineScript } from '@/lib/server/store/run-script';

/**
 * Answers a customer's appointments and repairs. A person who comes for the first time gets a history first,
 * once, however many requests race.
 *
 * KEYS: appointments, repairs, last number
 * ARGV: keepSeconds, a past appointment, its finished repair, a repair in progress
 */
export const OPEN_CUSTOMER_FILE = defineScript(`
if redis.call('EXISTS', KEYS[2]) == 0 then
  local last = redis.call('INCRBY', KEYS[3], 2)
  local past, current = string.format('%.0f', last - 1), string.format('%.0f', last)
  redis.call('HSET', KEYS[1], past, ARGV[2])
  redis.call('HSET', KEYS[2], past, ARGV[3], current, ARGV[4])
end
redis.call('EXPIRE', KEYS[1], ARGV[1])
redis.call('EXPIRE', KEYS[2], ARGV[1])
return {redis.call('HGETALL', KEYS[1]), redis.call('HGETALL', KEYS[2])}
`);

/**
 * Books the first stand that is free for the whole length, or nothing. Booking the same thing twice answers the
 * first booking, so a resent request does no harm.
 *
 * KEYS: desk of the day, appointments, last number
 * ARGV: the appointment, its start, its service, the moment now, most upcoming, keepSeconds, deskExpiresAt,
 *       number of half-hours, the half-hours of the first stand…, of the second stand…
 */
export const BOOK = defineScript(`
local upcoming = 0
local entries = redis.call('HGETALL', KEYS[2])
for i = 1, #entries, 2 do
  local appointment = cjson.decode(entries[i + 1])
  if appointment.at == ARGV[2] and appointment.service == ARGV[3] then
    return {'booked', tonumber(entries[i])}
  end
  if appointment.at > ARGV[4] then upcoming = upcoming + 1 end
end
if upcoming >= tonumber(ARGV[5]) then return {'too_many'} end

local length = tonumber(ARGV[8])
for first = 9, #ARGV, length do
  local free = true
  for i = first, first + length - 1 do
    free = free and redis.call('HEXISTS', KEYS[1], ARGV[i]) == 0
  end
  if free then
    local number = string.format('%.0f', redis.call('INCR', KEYS[3]))
    for i = first, first + length - 1 do redis.call('HSET', KEYS[1], ARGV[i], number) end
    redis.call('EXPIREAT', KEYS[1], ARGV[7])
    redis.call('HSET', KEYS[2], number, ARGV[1])
    redis.call('EXPIRE', KEYS[2], ARGV[6])
    return {'booked', tonumber(number)}
  end
end
return {'taken', redis.call('HKEYS', KEYS[1])}
`);

/**
 * Cancels an appointment of this customer and frees its half-hours, whichever stand they are on.
 *
 * KEYS: desk of the day, appointments
 * ARGV: number, half-hours that it may have taken…
 */
export const CANCEL = defineScript(`
local number = ARGV[1]
if redis.call('HDEL', KEYS[2], number) == 0 then return 0 end
for i = 2, #ARGV do
  if redis.call('HGET', KEYS[1], ARGV[i]) == number then redis.call('HDEL', KEYS[1], ARGV[i]) end
end
return 1
`);
