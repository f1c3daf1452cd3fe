import 'server-only';
import type { ShopVisit } from '@/business/shop/diary/shop-visit';
import type { ShopDay } from '@/business/shop/shop-clock';

const SECONDS_PER_DAY = 86_400;
const KEEP_GUEST_DAYS = 7;
const KEEP_CUSTOMER_DAYS = 365;

/** All keys of the demo business. */
export const shopKeys = {
  /** Hash: a customer's appointments by number. */
  appointments: (userId: string) => `shop:customer:${userId}:appointments`,
  /** Hash: a customer's repairs by number. */
  repairs: (userId: string) => `shop:customer:${userId}:repairs`,
  /** Hash: the half-hours booked on one day, each with the number of its appointment. */
  calendar: (day: ShopDay) => `shop:desk:${day}`,
  /** Sorted set: the bookings of all guests of one network, each with the Unix second in which its day's calendar expires. */
  guestBookings: (network: string) => `shop:network:${network}:bookings`,
  /** Number of the last booking or repair. */
  lastNumber: 'shop:last-number',
} as const;

/** How long a customer's data outlives the last visit. */
export const keepCustomerSeconds = (role: ShopVisit['user']['role']) =>
  (role === 'guest' ? KEEP_GUEST_DAYS : KEEP_CUSTOMER_DAYS) * SECONDS_PER_DAY;

/** When a day's calendar expires, in Unix seconds: two days after the day begins in UTC. */
export const calendarExpiresAt = (day: ShopDay) => Date.parse(day) / 1000 + 2 * SECONDS_PER_DAY;
