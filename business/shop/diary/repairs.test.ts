import { expect, test } from 'vitest';
import { listAppointments } from '@/business/shop/diary/appointments';
import { listRepairs } from '@/business/shop/diary/repairs';
import { hoursOn } from '@/business/shop/opening-hours';
import { addDays } from '@/business/shop/shop-clock';
import { mondayFor, newVisit } from '@/business/testing/visit';

test('a new customer has one bike in repair and one finished job', async () => {
  const monday = mondayFor('first repairs');
  const visit = newVisit(monday);
  const [current, finished, ...others] = await listRepairs(visit);
  expect(others).toEqual([]);
  expect(current).toMatchObject({ stage: 'in_progress' });
  expect(finished).toMatchObject({ stage: 'collected' });
  expect(current?.code).not.toBe(finished?.code);
  const [past] = await listAppointments(visit);
  expect(past).toMatchObject({ code: finished?.code, upcoming: false });
});

test('the repair progresses as days pass', async () => {
  const monday = mondayFor('getting ready');
  const visit = newVisit(monday);
  const [before] = await listRepairs(visit);
  if (before === undefined) throw new Error('There is no repair.');
  expect(before.readyDay > monday && hoursOn(before.readyDay) !== null).toBe(true);
  const on = async (day: typeof monday) => {
    const [repair] = await listRepairs({ ...visit, now: new Date(`${day}T12:00:00Z`) });
    return repair?.stage;
  };
  expect(await on(addDays(before.readyDay, -1))).toBe('in_progress');
  expect(await on(before.readyDay)).toBe('ready');
  expect(await on(addDays(before.readyDay, 30))).toBe('ready');
});

test('customers see their own repairs only', async () => {
  const monday = mondayFor('own repairs');
  const [mine, theirs] = await Promise.all([listRepairs(newVisit(monday)), listRepairs(newVisit(monday))]);
  const codes = new Set(mine.map(({ code }) => code));
  expect(theirs.some(({ code }) => codes.has(code))).toBe(false);
});
