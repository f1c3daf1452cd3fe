import { expect, test } from 'vitest';
import { bookAppointment, listAppointments } from '@/business/shop/diary/appointments';
import { eraseCustomer, exportCustomer } from '@/business/shop/diary/customer-data';
import { listRepairs } from '@/business/shop/diary/repairs';
import { shopKeys } from '@/business/shop/diary/shop-keys';
import { SERVICES, type Service } from '@/business/shop/services';
import { addDays } from '@/business/shop/shop-clock';
import { mondayFor, newVisit } from '@/business/testing/visit';

function firstService(): Service {
  const [service] = SERVICES;
  if (service === undefined) throw new Error('The shop offers nothing.');
  return service;
}
const tuneUp = firstService();

async function newCustomer(name: string) {
  const monday = mondayFor(name);
  const network = `network of ${name}`;
  const visit = newVisit(monday, 'guest', network);
  const at = { day: addDays(monday, 1), minutes: 10 * 60 };
  const booking = await bookAppointment(visit, tuneUp, at);
  if (booking.outcome !== 'booked') throw new Error('The time is taken.');
  return { visit, at, network, code: booking.appointment.code };
}

test('an export holds a customer’s appointments and repairs with their codes', async () => {
  const { visit, code } = await newCustomer('export a customer');
  await listAppointments(visit);
  const [repair] = await listRepairs(visit);
  const { appointments, repairs } = await exportCustomer(visit);
  expect(appointments).toContainEqual(expect.objectContaining({ code, service: tuneUp.name }));
  expect(repairs).toContainEqual(expect.objectContaining({ code: repair?.code, bike: repair?.bike }));
});

test('an export gives a new customer no history', async () => {
  const visit = newVisit(mondayFor('export nothing'));
  expect(await exportCustomer(visit)).toEqual({ appointments: [], repairs: [] });
  expect(await visit.redis.exists(shopKeys.repairs(visit.user.id))).toBe(0);
});

test('deleting a customer frees their times, and leaves nothing of them; again does no harm', async () => {
  const { visit, at, network } = await newCustomer('erase a customer');
  await listAppointments(visit);
  await eraseCustomer(visit);
  await eraseCustomer(visit);
  const left = [shopKeys.appointments(visit.user.id), shopKeys.repairs(visit.user.id)];
  expect(await visit.redis.exists(...left)).toBe(0);
  expect(await visit.redis.hlen(shopKeys.calendar(at.day))).toBe(0);
  expect(await visit.redis.zcard(shopKeys.guestBookings(network))).toBe(0);
});

test('another customer’s appointment stays', async () => {
  const { visit, at } = await newCustomer('erase one of two');
  const other = newVisit(mondayFor('erase one of two'));
  await bookAppointment(other, tuneUp, at);
  await eraseCustomer(visit);
  expect((await listAppointments(other)).some(({ upcoming }) => upcoming)).toBe(true);
});
