import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  type Booking,
  bookAppointment,
  cancelAppointment,
  listAppointments,
  tryBooking,
} from '@/business/shop/diary/appointments';
import { availabilityFrom } from '@/business/shop/diary/availability';
import { shopKeys } from '@/business/shop/diary/shop-keys';
import { SERVICES, type Service } from '@/business/shop/services';
import { addDays, type ShopDay } from '@/business/shop/shop-clock';
import { mondayFor, newVisit } from '@/business/testing/visit';
import type { ToolContext } from '@/lib/server/agents/define-tool';

function halfHourJob(): Service {
  const job = SERVICES.find(({ minutes }) => minutes === 30);
  if (job === undefined) throw new Error('No service takes half an hour.');
  return job;
}
const job = halfHourJob();
const newNetwork = () => `network-${randomUUID()}`;

const freeOn = async (visit: ToolContext, day: ShopDay) =>
  (await availabilityFrom(visit, day, 0, job.minutes))[0].starts;

/** A new guest books what is free on a day, up to five times. */
async function takeFive(monday: ShopDay, network: string): Promise<Booking['outcome'][]> {
  const day = addDays(monday, 1);
  const guest = newVisit(monday, 'guest', network);
  const outcomes: Booking['outcome'][] = [];
  for (const minutes of (await freeOn(guest, day)).slice(0, 5)) {
    outcomes.push((await bookAppointment(guest, job, { day, minutes })).outcome);
  }
  return outcomes;
}

/** Returns a guest whose network holds ten appointments, five of them the guest's own. */
async function withFullNetwork(name: string) {
  const monday = mondayFor(name);
  const network = newNetwork();
  await takeFive(monday, network);
  const guest = newVisit(monday, 'guest', network);
  const day = addDays(monday, 2);
  for (const minutes of (await freeOn(guest, day)).slice(0, 5)) {
    await bookAppointment(guest, job, { day, minutes });
  }
  const [minutes = 0] = await freeOn(guest, addDays(monday, 3));
  return { monday, network, guest, at: { day: addDays(monday, 3), minutes } };
}

test('seven guests of one network, who take five places each, get ten of the day’s places', async () => {
  const monday = mondayFor('one network fills a day');
  const day = addDays(monday, 1);
  const network = newNetwork();
  const outcomes: Booking['outcome'][] = [];
  for (let guest = 0; guest < 7; guest++) outcomes.push(...(await takeFive(monday, network)));
  expect(outcomes.filter((outcome) => outcome === 'booked')).toHaveLength(10);
  expect(new Set(outcomes.slice(10))).toEqual(new Set(['too_many_of_network']));
  const cells = await newVisit(monday).redis.hlen(shopKeys.calendar(day));
  expect(cells).toBe(10);
});

test('a guest of another network, and a signed-in customer, still book', async () => {
  const { monday, at } = await withFullNetwork('others still book');
  const others = [newVisit(monday, 'guest', newNetwork()), newVisit(monday, 'user')];
  for (const other of others) {
    const [minutes = 0] = await freeOn(other, at.day);
    expect(await bookAppointment(other, job, { day: at.day, minutes })).toMatchObject({ outcome: 'booked' });
  }
});

test('twenty bookings at once do not pass the limit together', async () => {
  const monday = mondayFor('twenty at once');
  const network = newNetwork();
  const day = addDays(monday, 1);
  const [minutes = 0] = await freeOn(newVisit(monday), day);
  const bookings = await Promise.all(
    Array.from({ length: 20 }, (_, week) =>
      bookAppointment(newVisit(monday, 'guest', network), job, { day: addDays(day, week * 7), minutes }),
    ),
  );
  expect(bookings.filter(({ outcome }) => outcome === 'booked').length).toBeLessThanOrEqual(10);
  expect(bookings.some(({ outcome }) => outcome === 'too_many_of_network')).toBe(true);
});

test('the preview says so as the booking does, and a cancelled appointment makes room', async () => {
  const { monday, network, guest, at } = await withFullNetwork('cancel makes room');
  const next = newVisit(monday, 'guest', network);
  expect(await tryBooking(next, job, at)).toEqual({ outcome: 'too_many_of_network' });
  const [mine] = await listAppointments(guest);
  if (mine === undefined) throw new Error('The guest has no appointment.');
  expect(await cancelAppointment(guest, mine)).toBe(true);
  expect(await tryBooking(next, job, at)).toEqual({ outcome: 'free' });
  expect(await bookAppointment(next, job, at)).toMatchObject({ outcome: 'booked' });
});

test('what a network holds is forgotten once the days are over', async () => {
  const { monday, network, at } = await withFullNetwork('days are over');
  const later = { ...newVisit(monday, 'guest', network), now: new Date(`${addDays(at.day, 2)}T00:00:01Z`) };
  const [minutes = 0] = await freeOn(later, addDays(at.day, 6));
  const again = await bookAppointment(later, job, { day: addDays(at.day, 6), minutes });
  expect(again).toMatchObject({ outcome: 'booked' });
  expect(await later.redis.zcard(shopKeys.guestBookings(network))).toBe(1);
});
