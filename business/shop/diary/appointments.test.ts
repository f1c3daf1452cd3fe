import { describe, expect, test, vi } from 'vitest';
import {
  type Booking,
  bookAppointment,
  cancelAppointment,
  listAppointments,
  tryBooking,
} from '@/business/shop/diary/appointments';
import { availabilityFrom } from '@/business/shop/diary/availability';
import { freeStarts, standsFreeOfOthers } from '@/business/shop/diary/free-slots';
import { shopKeys } from '@/business/shop/diary/shop-keys';
import { findService, SERVICES, type Service } from '@/business/shop/services';
import { addDays, type ShopDay } from '@/business/shop/shop-clock';
import { mondayFor, newVisit } from '@/business/testing/visit';

const TEN = 10 * 60;

function service(name: string): Service {
  const found = findService(name);
  if (found === null) throw new Error(`There is no service ${name}.`);
  return found;
}
const tuneUp = service('tune-up');

/** Returns a time at which only one of the two stands is free for the whole job. */
function timeWithOneStand(monday: ShopDay, job: Service): { day: ShopDay; minutes: number } {
  for (let ahead = 0; ahead < 5; ahead++) {
    const day = addDays(monday, ahead);
    const starts = freeStarts(day, job.minutes, new Set(), { day: monday, minutes: 0 });
    const minutes = starts.find((start) => standsFreeOfOthers(day, start, job.minutes).length === 1);
    if (minutes !== undefined) return { day, minutes };
  }
  throw new Error('This week has no such time.');
}

const booked = (bookings: readonly Booking[]) =>
  bookings.filter(({ outcome }) => outcome === 'booked').length;

/** Counts a day's booked cells and the appointments that hold them. */
async function countBooked(day: ShopDay) {
  const cells = (await newVisit(day).redis.hgetall<Record<string, number>>(shopKeys.calendar(day))) ?? {};
  return { cells: Object.keys(cells).length, appointments: new Set(Object.values(cells)).size };
}

describe('a race', () => {
  test('of fifty customers for the last free stand: one gets it', async () => {
    const monday = mondayFor('race for one stand');
    const at = timeWithOneStand(monday, tuneUp);
    const bookings = await Promise.all(
      Array.from({ length: 50 }, () => bookAppointment(newVisit(monday), tuneUp, at)),
    );
    expect(booked(bookings)).toBe(1);
    expect(bookings.filter(({ outcome }) => outcome === 'taken')).toHaveLength(49);
    expect(await countBooked(at.day)).toEqual({ cells: 2, appointments: 1 });
  });

  test('of fifty customers for a time with two free stands: two get it', async () => {
    const monday = mondayFor('race for two stands');
    const at = { day: monday, minutes: TEN };
    const bookings = await Promise.all(
      Array.from({ length: 50 }, () => bookAppointment(newVisit(monday), tuneUp, at)),
    );
    expect(booked(bookings)).toBe(2);
    expect(await countBooked(monday)).toEqual({ cells: 4, appointments: 2 });
  });

  test('of long and short jobs that overlap: no half-hour of a stand is given twice', async () => {
    const monday = mondayFor('race of overlapping jobs');
    const jobs = SERVICES.flatMap((job) =>
      [TEN - 30, TEN, TEN + 30, TEN + 60].map((minutes) => ({ job, minutes })),
    );
    const bookings = await Promise.all(
      jobs.map(({ job, minutes }) => bookAppointment(newVisit(monday), job, { day: monday, minutes })),
    );
    const wonHalfHours = bookings.map((booking, i) =>
      booking.outcome === 'booked' ? Math.ceil((jobs[i]?.job.minutes ?? 0) / 30) : 0,
    );
    const { cells, appointments } = await countBooked(monday);
    expect(appointments).toBe(booked(bookings));
    expect(cells).toBe(wonHalfHours.reduce((sum, won) => sum + won, 0));
    expect(booked(bookings)).toBeGreaterThan(2);
  });

  test('of one customer who asks twenty times: there is one booking, and every request returns it', async () => {
    const monday = mondayFor('one person, twenty requests');
    const visit = newVisit(monday);
    const at = { day: monday, minutes: TEN };
    const bookings = await Promise.all(Array.from({ length: 20 }, () => bookAppointment(visit, tuneUp, at)));
    expect(booked(bookings)).toBe(20);
    expect(await countBooked(monday)).toEqual({ cells: 2, appointments: 1 });
    expect((await listAppointments(visit)).filter(({ upcoming }) => upcoming)).toHaveLength(1);
  });

  test('of first requests: the history is written once', async () => {
    const visit = newVisit(mondayFor('racing first requests'));
    const lists = await Promise.all(Array.from({ length: 30 }, () => listAppointments(visit)));
    expect(new Set(lists.map((list) => JSON.stringify(list))).size).toBe(1);
    expect(lists[0]).toHaveLength(1);
  });
});

describe('a booking', () => {
  test('holds all its half-hours: a short job does not fit beside a long one on both stands', async () => {
    const monday = mondayFor('long job in the way');
    const fullService = service('full service');
    const brakes = service('brake service');
    const free = await availabilityFrom(newVisit(monday), monday, 5, fullService.minutes);
    const { day, starts } = free.find((one) => one.starts.length > 0) ?? free[0];
    const [minutes = TEN] = starts;
    const before = standsFreeOfOthers(day, minutes, fullService.minutes).length;
    for (let i = 0; i < before; i++) {
      expect((await bookAppointment(newVisit(monday), fullService, { day, minutes })).outcome).toBe('booked');
    }
    const late = await bookAppointment(newVisit(monday), fullService, { day, minutes: minutes + 30 });
    expect(late.outcome).toBe('taken');
    const [after] = await availabilityFrom(newVisit(monday), day, 0, brakes.minutes);
    const taken = new Set<string>(late.outcome === 'taken' ? late.booked : []);
    expect(after.starts).toEqual(freeStarts(day, brakes.minutes, taken, { day: monday, minutes: 0 }));
  });

  test('belongs to the customer, and comes before past ones', async () => {
    const monday = mondayFor('own list');
    const [ada, bob] = [newVisit(monday), newVisit(monday)];
    await bookAppointment(ada, tuneUp, { day: addDays(monday, 2), minutes: TEN });
    await bookAppointment(ada, tuneUp, { day: addDays(monday, 1), minutes: TEN });
    const list = await listAppointments(ada);
    expect(list.map(({ upcoming, day }) => [upcoming, day])).toEqual([
      [true, addDays(monday, 1)],
      [true, addDays(monday, 2)],
      [false, expect.any(String)],
    ]);
    expect((await listAppointments(bob)).some(({ upcoming }) => upcoming)).toBe(false);
    const codes = [...list, ...(await listAppointments(bob))].map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
  });

  test('is past as soon as it has begun', async () => {
    const monday = mondayFor('begun');
    const visit = { ...newVisit(monday), timeZone: 'UTC' };
    await bookAppointment(visit, tuneUp, { day: monday, minutes: TEN });
    const upcomingAt = async (time: string) => {
      const list = await listAppointments({ ...visit, now: new Date(`${monday}T${time}Z`) });
      return list.filter(({ upcoming }) => upcoming).length;
    };
    expect(await upcomingAt('09:59:59')).toBe(1);
    expect(await upcomingAt('10:00:00')).toBe(0);
  });

  test('is refused when five are already coming up', async () => {
    const monday = mondayFor('five already');
    const visit = newVisit(monday);
    for (let day = 0; day < 5; day++) {
      const booking = await bookAppointment(visit, tuneUp, { day: addDays(monday, day), minutes: TEN });
      expect(booking.outcome).toBe('booked');
    }
    const sixth = await bookAppointment(visit, tuneUp, { day: addDays(monday, 5), minutes: TEN });
    expect(sixth.outcome).toBe('too_many');
  });

  test('expires in Redis, a guest’s sooner', async () => {
    const monday = mondayFor('expiry');
    const [guest, user] = [newVisit(monday, 'guest'), newVisit(monday, 'user')];
    for (const visit of [guest, user]) {
      await listAppointments(visit);
      await bookAppointment(visit, tuneUp, { day: monday, minutes: TEN });
    }
    const days = async (key: string) => (await guest.redis.ttl(key)) / 86_400;
    for (const of of [shopKeys.appointments, shopKeys.repairs]) {
      expect(await days(of(guest.user.id))).toBeCloseTo(7, 1);
      expect(await days(of(user.user.id))).toBeCloseTo(365, 1);
    }
    expect(await days(shopKeys.calendar(monday))).toBeGreaterThan(0);
  });
});

test('listing, looking and booking cost one request each', async () => {
  const monday = mondayFor('requests');
  const visit = newVisit(monday);
  const requests = vi.spyOn(globalThis, 'fetch');
  const count = async (work: () => Promise<unknown>) => {
    requests.mockClear();
    await work();
    return requests.mock.calls.length;
  };
  expect(await count(() => listAppointments(visit))).toBe(1);
  expect(await count(() => availabilityFrom(visit, monday, 8, 45))).toBe(1);
  expect(await count(() => bookAppointment(visit, tuneUp, { day: monday, minutes: TEN }))).toBe(1);
  requests.mockRestore();
});

describe('a cancellation', () => {
  test('frees the time for others, once', async () => {
    const monday = mondayFor('cancel');
    const at = timeWithOneStand(monday, tuneUp);
    const visit = newVisit(monday);
    const booking = await bookAppointment(visit, tuneUp, at);
    if (booking.outcome !== 'booked') throw new Error('The calendar was empty.');
    expect((await bookAppointment(newVisit(monday), tuneUp, at)).outcome).toBe('taken');
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => cancelAppointment(visit, booking.appointment)),
    );
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await countBooked(at.day)).toEqual({ cells: 0, appointments: 0 });
    expect((await bookAppointment(newVisit(monday), tuneUp, at)).outcome).toBe('booked');
  });

  test('of another customer’s appointment does nothing', async () => {
    const monday = mondayFor('cancel of another');
    const owner = newVisit(monday);
    const booking = await bookAppointment(owner, tuneUp, { day: monday, minutes: TEN });
    if (booking.outcome !== 'booked') throw new Error('The calendar was empty.');
    expect(await cancelAppointment(newVisit(monday), booking.appointment)).toBe(false);
    expect((await listAppointments(owner)).filter(({ upcoming }) => upcoming)).toHaveLength(1);
    expect(await countBooked(monday)).toEqual({ cells: 2, appointments: 1 });
  });
});

test('trying a booking returns what the booking then returns, while the calendar fills up', async () => {
  const monday = mondayFor('try and book');
  const answers = new Set<string>();
  for (const job of SERVICES) {
    for (let minutes = 9 * 60; minutes < 13 * 60; minutes += 30) {
      const visit = newVisit(monday);
      const tried = await tryBooking(visit, job, { day: monday, minutes });
      const booking = await bookAppointment(visit, job, { day: monday, minutes });
      expect(tried.outcome === 'free' ? 'booked' : tried.outcome).toBe(booking.outcome);
      answers.add(booking.outcome);
    }
  }
  expect(answers).toEqual(new Set(['booked', 'taken']));
});
