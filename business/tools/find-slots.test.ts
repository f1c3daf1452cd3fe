import { describe, expect, test } from 'vitest';
import { bookAppointment } from '@/business/shop/diary/appointments';
import { cellsOnStand, freeStarts } from '@/business/shop/diary/free-slots';
import { shopKeys } from '@/business/shop/diary/shop-keys';
import { hoursOn, openDaysAfter } from '@/business/shop/opening-hours';
import { SERVICES } from '@/business/shop/services';
import { addDays, type ShopDay } from '@/business/shop/shop-clock';
import { dayInWords, timeAsData } from '@/business/shop/words/in-words';
import { mondayFor, newVisit } from '@/business/testing/visit';
import { findSlots } from '@/business/tools/find-slots';
import type { ToolContext } from '@/lib/server/agents/define-tool';

const at = (visit: ToolContext, day: ShopDay, time: string): ToolContext => ({
  ...visit,
  timeZone: 'UTC',
  now: new Date(`${day}T${time}:00Z`),
});

const find = async (visit: ToolContext, day: string, service?: string) =>
  findSlots.call(service === undefined ? { day } : { day, service }, visit);

/** Books every half-hour of a day. */
async function fill(visit: ToolContext, day: ShopDay) {
  const hours = hoursOn(day);
  if (hours === null) throw new Error('The day is closed.');
  const length = hours.closes - hours.opens;
  const cells = [1, 2].flatMap((stand) => cellsOnStand(stand === 1 ? 1 : 2, hours.opens, length));
  await visit.redis.hset(shopKeys.calendar(day), Object.fromEntries(cells.map((cell) => [cell, 999_999])));
}

test('returns the free times of the day, and says the first four of them', async () => {
  const monday = mondayFor('find a friday');
  const friday = addDays(monday, 4);
  const starts = freeStarts(friday, 45, new Set(), { day: monday, minutes: 0 });
  const reply = await find(newVisit(monday), 'Friday');
  expect(reply).toMatchObject({ ok: true, data: { day: friday, times: starts.map(timeAsData) } });
  const summary = reply.ok ? reply.summary : '';
  expect(summary.startsWith(`On ${dayInWords(friday)} we have `)).toBe(true);
  expect(summary.match(/ (am|pm)|noon/g)?.length).toBe(Math.min(starts.length, 4));
  expect(summary.endsWith(', and more later in the day.')).toBe(starts.length > 4);
});

test('a service’s own length counts', async () => {
  const monday = mondayFor('find a long one');
  const longest = SERVICES.find(({ name }) => name === 'full service');
  const starts = freeStarts(monday, longest?.minutes ?? 0, new Set(), { day: monday, minutes: 0 });
  const reply = await find(at(newVisit(monday), monday, '00:00'), 'today', 'full service');
  expect(reply).toMatchObject({ ok: true, data: { service: 'full service' } });
  if (starts.length > 0) expect(reply).toMatchObject({ data: { times: starts.map(timeAsData) } });
});

test('a booked time is no longer offered', async () => {
  const monday = mondayFor('find after booking');
  const tuesday = addDays(monday, 1);
  const [tuneUp] = SERVICES;
  if (tuneUp === undefined) throw new Error('There are no services.');
  for (let i = 0; i < 2; i++) await bookAppointment(newVisit(monday), tuneUp, { day: tuesday, minutes: 600 });
  const reply = await find(newVisit(monday), 'tuesday');
  expect(JSON.stringify(reply)).not.toContain('"10:00"');
});

test('a part of the day narrows the times', async () => {
  const monday = mondayFor('find a morning');
  const reply = await find(newVisit(monday), 'tomorrow morning');
  expect(reply.ok).toBe(true);
  const { times } = (reply.ok ? reply.data : null) as { times: string[] };
  expect(times).toContain('10:00');
  expect(times.every((time) => time < '12:00')).toBe(true);
});

describe('when the day has nothing left', () => {
  test('the next free time is offered', async () => {
    const monday = mondayFor('full tuesday');
    const visit = newVisit(monday);
    await fill(visit, addDays(monday, 1));
    const reply = await find(visit, 'Tuesday');
    expect(reply).toMatchObject({ ok: true, data: { day: addDays(monday, 2) } });
    expect(reply.ok && reply.summary).toMatch(
      /^Nothing is free on Tuesday .+ The next free time is Wednesday .+ at /,
    );
  });

  test('"as soon as possible" goes straight to the next day', async () => {
    const monday = mondayFor('soonest');
    const visit = newVisit(monday);
    await fill(visit, monday);
    await fill(visit, addDays(monday, 1));
    const reply = await find(visit, 'as soon as possible');
    expect(reply).toMatchObject({ ok: true, data: { day: addDays(monday, 2) } });
    expect(reply.ok && reply.summary).toMatch(/^On Wednesday /);
  });

  test('and the days after it have nothing either, the reply says so', async () => {
    const monday = mondayFor('all full');
    const visit = newVisit(monday);
    for (const day of [monday, ...openDaysAfter(monday, 12)]) await fill(visit, day);
    expect(await find(visit, 'Tuesday')).toMatchObject({ ok: false, error: { code: 'fully_booked' } });
  });

  test('a weekday that is today means next week', async () => {
    const monday = mondayFor('late on monday');
    const visit = newVisit(monday);
    const evening = await find(at(visit, monday, '17:10'), 'Monday');
    expect(evening).toMatchObject({ ok: true, data: { day: addDays(monday, 7) } });
    const morning = await find(at(visit, monday, '07:00'), 'Monday');
    expect(morning).toMatchObject({ ok: true, data: { day: monday } });
    const afternoon = await find(at(visit, monday, '13:00'), 'Monday morning');
    expect(afternoon).toMatchObject({ ok: true, data: { day: addDays(monday, 7) } });
  });
});

test.each([
  ['Sunday', 'closed', /closed on Sundays. The next day we are open is Monday/],
  ['yesterday', 'in_the_past', /has passed/],
  ['in twenty weeks', 'too_far_ahead', /We take bookings up to/],
  ['next week', 'which_day', /Which day would suit you/],
  ['blue', 'which_day', /did not understand the day/],
])('"%s" returns %s', async (day, code, message) => {
  const reply = await find(newVisit(mondayFor('refusals')), day);
  expect(reply).toMatchObject({ ok: false, error: { code, message: expect.stringMatching(message) } });
});

test('an unknown service returns the list of services', async () => {
  const reply = await find(newVisit(mondayFor('unknown service')), 'Friday', 'haircut');
  expect(reply).toMatchObject({ ok: false, error: { code: 'unknown_service' } });
  for (const { name } of SERVICES) expect(JSON.stringify(reply)).toContain(name);
});

test('Christmas Day is closed, and says so', async () => {
  const visit = newVisit('2040-12-03');
  expect(await find(visit, 'Christmas')).toMatchObject({
    ok: false,
    error: { message: 'We are closed for Christmas Day. The next day we are open is Thursday 27 December.' },
  });
});
