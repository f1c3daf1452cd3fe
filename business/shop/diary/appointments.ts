import 'server-only';
import { z } from 'zod';
import { bookingCode } from '@/business/shop/diary/booking-code';
import { readCustomerFile } from '@/business/shop/diary/customer-file';
import {
  cellsOnAnyStand,
  cellsOnStand,
  freeStarts,
  standsFreeOfOthers,
} from '@/business/shop/diary/free-slots';
import { calendarExpiresAt, keepCustomerSeconds, shopKeys } from '@/business/shop/diary/shop-keys';
import type { ShopVisit } from '@/business/shop/diary/shop-visit';
import type { StoredAppointment } from '@/business/shop/diary/stored-records';
import { cellsFor } from '@/business/shop/diary/workshop-calendar';
import type { Service } from '@/business/shop/services';
import {
  formatMoment,
  parseMoment,
  type ShopDay,
  type WallClock,
  wallClock,
} from '@/business/shop/shop-clock';
import { dayInWords, timeAsData, timeInWords } from '@/business/shop/words/in-words';
import { defineScript, fromStore, runScript } from '@/lib/server/store/run-script';

/** Enough for any customer. */
const MOST_UPCOMING = 5;
/** A guest who clears the cookies is a new customer, so this, not the limit above, keeps strangers from filling the calendar. */
const MOST_OF_NETWORK = 10;

export interface Appointment {
  number: number;
  /** Its spoken name: "amber 42". */
  code: string;
  service: string;
  day: ShopDay;
  /** By the shop's clock: "10:00". */
  time: string;
  /** "Friday 27 November at 10 am". */
  when: string;
  lengthMinutes: number;
  pricePounds: number;
  upcoming: boolean;
}

function describe(stored: StoredAppointment, number: number, now: WallClock): Appointment {
  const { day, minutes } = parseMoment(stored.at);
  return {
    number,
    code: bookingCode(number),
    service: stored.service,
    day,
    time: timeAsData(minutes),
    when: `${dayInWords(day)} at ${timeInWords(minutes)}`,
    lengthMinutes: stored.lengthMinutes,
    pricePounds: stored.pricePounds,
    upcoming: stored.at > formatMoment(now),
  };
}

/**
 * Returns a customer's appointments: upcoming ones first, the next one on top, then past ones, the latest on top.
 * One request. Throws `store_unavailable`.
 */
export async function listAppointments(visit: ShopVisit): Promise<Appointment[]> {
  const now = wallClock(visit.now, visit.timeZone);
  const { appointments } = await readCustomerFile(visit);
  const inOrder = appointments
    .toSorted((a, b) => a.at.localeCompare(b.at))
    .map(({ number, ...stored }) => describe(stored, number, now));
  const isUpcoming = ({ upcoming }: Appointment) => upcoming;
  return [...inOrder.filter(isUpcoming), ...inOrder.filter((one) => !isUpcoming(one)).reverse()];
}

const guestBookingsKeys = ({ network }: ShopVisit) =>
  network === null ? [] : [shopKeys.guestBookings(network)];
const unixSeconds = ({ now }: ShopVisit) => Math.floor(now.getTime() / 1000);

/**
 * Books the first stand that is free for the whole length, or nothing. Booking the same thing twice returns the first
 * booking, so a resent request does no harm. `guestBookings` is the key of a guest's network, or empty. `cells` are the
 * half-hours of the first stand, of the second stand…, each `cellsPerStand` long.
 */
const BOOK = defineScript({
  keys: ['calendar', 'appointments', 'lastNumber', '...guestBookings'],
  args: [
    'appointmentJson',
    'at',
    'service',
    'now',
    'nowSeconds',
    'mostUpcoming',
    'mostOfNetwork',
    'keepSeconds',
    'calendarExpiresAt',
    'cellsPerStand',
    '...cells',
  ],
  reply: z.union([
    z.tuple([z.literal('booked'), z.number().int()]),
    z.tuple([z.literal('taken'), z.array(z.string())]),
    z.tuple([z.enum(['too_many', 'too_many_of_network'])]),
  ]),
  lua: `
local upcoming = 0
local entries = redis.call('HGETALL', KEY.appointments)
for i = 1, #entries, 2 do
  local appointment = cjson.decode(entries[i + 1])
  if appointment.at == ARG.at and appointment.service == ARG.service then
    return {'booked', tonumber(entries[i])}
  end
  if appointment.at > ARG.now then upcoming = upcoming + 1 end
end
if upcoming >= tonumber(ARG.mostUpcoming) then return {'too_many'} end
for _, bookings in ipairs(KEY.guestBookings) do
  redis.call('ZREMRANGEBYSCORE', bookings, '-inf', ARG.nowSeconds)
  if redis.call('ZCARD', bookings) >= tonumber(ARG.mostOfNetwork) then return {'too_many_of_network'} end
end

local length = tonumber(ARG.cellsPerStand)
for first = 1, #ARG.cells, length do
  local free = true
  for i = first, first + length - 1 do
    free = free and redis.call('HEXISTS', KEY.calendar, ARG.cells[i]) == 0
  end
  if free then
    local number = string.format('%.0f', redis.call('INCR', KEY.lastNumber))
    for i = first, first + length - 1 do redis.call('HSET', KEY.calendar, ARG.cells[i], number) end
    redis.call('EXPIREAT', KEY.calendar, ARG.calendarExpiresAt)
    redis.call('HSET', KEY.appointments, number, ARG.appointmentJson)
    redis.call('EXPIRE', KEY.appointments, ARG.keepSeconds)
    for _, bookings in ipairs(KEY.guestBookings) do
      redis.call('ZADD', bookings, ARG.calendarExpiresAt, number)
      redis.call('EXPIREAT', bookings, redis.call('ZRANGE', bookings, -1, -1, 'WITHSCORES')[2])
    end
    return {'booked', tonumber(number)}
  end
end
return {'taken', redis.call('HKEYS', KEY.calendar)}
`,
});

/** Cancels an appointment of this customer and frees its half-hours (`cells`), whichever stand they are on. */
const CANCEL = defineScript({
  keys: ['calendar', 'appointments', '...guestBookings'],
  args: ['number', '...cells'],
  reply: z.number(),
  lua: `
if redis.call('HDEL', KEY.appointments, ARG.number) == 0 then return 0 end
for _, bookings in ipairs(KEY.guestBookings) do redis.call('ZREM', bookings, ARG.number) end
for _, cell in ipairs(ARG.cells) do
  if redis.call('HGET', KEY.calendar, cell) == ARG.number then redis.call('HDEL', KEY.calendar, cell) end
end
return 1
`,
});

/** `booked`: the half-hours of that day that are taken. */
export type NoBooking =
  | { outcome: 'taken'; booked: ReadonlySet<string> }
  | { outcome: 'too_many' }
  | { outcome: 'too_many_of_network' };
export type Booking = { outcome: 'booked'; appointment: Appointment } | NoBooking;

/**
 * Books a service at a time within opening hours that is not past. When several customers ask for the last free stand at
 * once, one of them gets it. One request. Throws `store_unavailable`.
 */
export async function bookAppointment(visit: ShopVisit, service: Service, at: WallClock): Promise<Booking> {
  const { user } = visit;
  const now = wallClock(visit.now, visit.timeZone);
  const appointment: StoredAppointment = {
    service: service.name,
    at: formatMoment(at),
    lengthMinutes: service.minutes,
    pricePounds: service.pricePounds,
  };
  const stands = standsFreeOfOthers(at.day, at.minutes, service.minutes);
  const reply = await runScript(
    BOOK,
    {
      calendar: shopKeys.calendar(at.day),
      appointments: shopKeys.appointments(user.id),
      lastNumber: shopKeys.lastNumber,
      guestBookings: guestBookingsKeys(visit),
    },
    {
      appointmentJson: JSON.stringify(appointment),
      at: appointment.at,
      service: appointment.service,
      now: formatMoment(now),
      nowSeconds: unixSeconds(visit),
      mostUpcoming: MOST_UPCOMING,
      mostOfNetwork: MOST_OF_NETWORK,
      keepSeconds: keepCustomerSeconds(user.role),
      calendarExpiresAt: calendarExpiresAt(at.day),
      cellsPerStand: cellsFor(service.minutes),
      cells: stands.flatMap((stand) => cellsOnStand(stand, at.minutes, service.minutes)),
    },
  );
  if (reply[0] === 'booked') return { outcome: 'booked', appointment: describe(appointment, reply[1], now) };
  if (reply[0] === 'taken') return { outcome: 'taken', booked: new Set(reply[1]) };
  return { outcome: reply[0] };
}

/** Returns the number of appointments that guests of this visit's network hold. */
async function countOfNetwork(visit: ShopVisit): Promise<number> {
  const counts = guestBookingsKeys(visit).map((key) =>
    fromStore(visit.redis.zcount(key, unixSeconds(visit) + 1, '+inf')),
  );
  return Math.max(0, ...(await Promise.all(counts)));
}

/** Returns what {@link bookAppointment} would return now. Reserves nothing. Throws `store_unavailable`. */
export async function tryBooking(
  visit: ShopVisit,
  service: Service,
  at: WallClock,
): Promise<{ outcome: 'free' } | NoBooking> {
  const [booked, own, ofNetwork] = await Promise.all([
    fromStore(visit.redis.hkeys(shopKeys.calendar(at.day))).then((cells) => new Set(cells)),
    listAppointments(visit),
    countOfNetwork(visit),
  ]);
  const isSame = (one: Appointment) =>
    one.service === service.name && one.day === at.day && one.time === timeAsData(at.minutes);
  if (own.some(isSame)) return { outcome: 'free' };
  if (own.filter(({ upcoming }) => upcoming).length >= MOST_UPCOMING) return { outcome: 'too_many' };
  if (ofNetwork >= MOST_OF_NETWORK) return { outcome: 'too_many_of_network' };
  const starts = freeStarts(at.day, service.minutes, booked, wallClock(visit.now, visit.timeZone));
  return starts.includes(at.minutes) ? { outcome: 'free' } : { outcome: 'taken', booked };
}

/** Takes an appointment out of a customer's file and out of the calendar. Returns false if it was already gone. */
export async function releaseAppointment(
  visit: ShopVisit,
  number: number,
  { at, lengthMinutes }: Pick<StoredAppointment, 'at' | 'lengthMinutes'>,
): Promise<boolean> {
  const { day, minutes } = parseMoment(at);
  const removed = await runScript(
    CANCEL,
    {
      calendar: shopKeys.calendar(day),
      appointments: shopKeys.appointments(visit.user.id),
      guestBookings: guestBookingsKeys(visit),
    },
    { number, cells: cellsOnAnyStand(minutes, lengthMinutes) },
  );
  return removed === 1;
}

/** Cancels a customer's own appointment. Returns false if it was already gone. One request. Throws `store_unavailable`. */
export const cancelAppointment = (visit: ShopVisit, appointment: Appointment): Promise<boolean> =>
  releaseAppointment(visit, appointment.number, {
    at: `${appointment.day}T${appointment.time}`,
    lengthMinutes: appointment.lengthMinutes,
  });
