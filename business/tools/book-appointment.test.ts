import { describe, expect, test } from 'vitest';
import { listAppointments } from '@/business/shop/diary/appointments';
import { standsFreeOfOthers } from '@/business/shop/diary/free-slots';
import { addDays } from '@/business/shop/shop-clock';
import { dayInWords } from '@/business/shop/words/in-words';
import { mondayFor, newVisit } from '@/business/testing/visit';
import { bookAppointment } from '@/business/tools/book-appointment';
import type { ToolContext } from '@/lib/server/agents/define-tool';

const book = (visit: ToolContext, service: string, day: string, time: string) =>
  bookAppointment.call({ service, day, time }, visit);

const atTime = (visit: ToolContext, time: string): ToolContext => ({
  ...visit,
  timeZone: 'UTC',
  now: new Date(`${visit.now.toISOString().slice(0, 10)}T${time}:00Z`),
});

test('books what was said, and repeats it with price and code', async () => {
  const monday = mondayFor('book friday at ten');
  const visit = newVisit(monday);
  const friday = addDays(monday, 4);
  const reply = await book(visit, 'tune up', 'Friday', "ten o'clock");
  const [appointment] = await listAppointments(visit);
  expect(appointment).toMatchObject({ service: 'tune-up', day: friday, time: '10:00', upcoming: true });
  expect(reply).toMatchObject({
    ok: true,
    summary: `You are booked in for a tune-up on ${dayInWords(friday)} at 10 am, for £65. Your code is ${appointment?.code}.`,
    data: { code: appointment?.code, day: friday, time: '10:00' },
  });
});

test('a taken time is refused, with other times of that day', async () => {
  const monday = mondayFor('book a taken time');
  for (let i = 0; i < 2; i++)
    expect((await book(newVisit(monday), 'tune-up', 'tuesday', '10')).ok).toBe(true);
  const late = newVisit(monday);
  const reply = await book(late, 'tune-up', 'tuesday', '10');
  expect(reply).toMatchObject({
    ok: false,
    error: { code: 'slot_taken', message: expect.stringMatching(/^Tuesday .+ at 10 am is taken\. .+/) },
  });
  expect((await listAppointments(late)).some(({ upcoming }) => upcoming)).toBe(false);
});

test('a time that other customers hold is taken', async () => {
  const monday = mondayFor('book over others');
  const taken = Array.from({ length: 13 }, (_, i) => 9 * 60 + i * 30).flatMap((minutes) =>
    [0, 1, 2, 3, 4]
      .map((ahead) => ({ day: addDays(monday, ahead), minutes }))
      .filter(({ day }) => standsFreeOfOthers(day, minutes, 45).length === 0),
  );
  const [first] = taken;
  if (first === undefined) throw new Error('The calendar is empty.');
  const reply = await book(
    newVisit(monday),
    'tune-up',
    dayInWords(first.day),
    `${first.minutes / 60}`.replace('.5', ':30'),
  );
  expect(reply).toMatchObject({ ok: false, error: { code: 'slot_taken' } });
});

describe('a time is refused when', () => {
  test.each([
    ['it is outside the hours', 'Tuesday', '7 pm', 'outside_hours', /open from 9 am to 5:30 pm/],
    ['the shop has not opened', 'Saturday', '9 am', 'outside_hours', /open from 10 am to 4 pm/],
    ['it is not on the half hour', 'Tuesday', 'quarter past ten', 'off_the_half_hour', /10 am or 10:30 am/],
    ['it is no time', 'Tuesday', 'soon', 'which_time', /ten thirty/],
    ['the day is closed', 'Sunday', 'ten', 'closed', /closed on Sundays/],
    ['the day is not clear', 'one of these days', 'ten', 'which_day', /did not understand the day/],
    ['no single day was said', 'as soon as possible', 'ten', 'which_day', /Which day would suit you/],
    ['the day is past', 'yesterday', 'ten', 'in_the_past', /has passed/],
    ['the day is too far ahead', 'in 90 days', 'ten', 'too_far_ahead', /bookings up to/],
  ])('%s', async (_, day, time, code, message) => {
    const reply = await book(newVisit(mondayFor('refused times')), 'tune-up', day, time);
    expect(reply).toMatchObject({ ok: false, error: { code, message: expect.stringMatching(message) } });
  });

  test('the job would not be finished by closing time', async () => {
    const reply = await book(newVisit(mondayFor('too long')), 'full service', 'Tuesday', '4 pm');
    expect(reply).toMatchObject({
      ok: false,
      error: { message: 'A full service takes 2 hours, so the last one that day starts at 3:30 pm.' },
    });
  });

  test('it has passed today', async () => {
    const visit = atTime(newVisit(mondayFor('passed today')), '11:00');
    expect(await book(visit, 'tune-up', 'today', 'ten')).toMatchObject({
      ok: false,
      error: { code: 'in_the_past', message: '10 am today has passed. Please choose a later time.' },
    });
    expect(await book(visit, 'tune-up', 'today', 'eleven')).toMatchObject({ ok: false });
  });
});

test('"Monday at ten", said on Monday at eleven, is next Monday', async () => {
  const monday = mondayFor('next monday then');
  const early = atTime(newVisit(monday), '08:00');
  const late = atTime(newVisit(monday), '11:00');
  expect(await book(early, 'tune-up', 'Monday', 'ten')).toMatchObject({ ok: true, data: { day: monday } });
  expect(await book(late, 'tune-up', 'Monday', 'ten')).toMatchObject({
    ok: true,
    data: { day: addDays(monday, 7) },
  });
});

describe('the preview', () => {
  const preview = (visit: ToolContext, service: string, day: string, time: string) =>
    bookAppointment.preview({ service, day, time }, visit);

  test('names the job, its length and price, the date and the hour, and books nothing', async () => {
    const monday = mondayFor('preview a booking');
    const visit = newVisit(monday);
    expect(await preview(visit, 'tune up', 'Friday', "ten o'clock")).toEqual({
      ok: true,
      lines: [
        { label: 'Service', value: 'tune-up (45 minutes, £65)' },
        { label: 'Day', value: dayInWords(addDays(monday, 4)) },
        { label: 'Time', value: '10 am' },
      ],
    });
    expect((await listAppointments(visit)).some(({ upcoming }) => upcoming)).toBe(false);
  });

  test.each([
    ['haircut', 'Tuesday', 'ten'],
    ['tune-up', 'one of these days', 'ten'],
    ['tune-up', 'Sunday', 'ten'],
    ['tune-up', 'Tuesday', 'soon'],
    ['full service', 'Tuesday', '4 pm'],
  ])('of %s on %s at %s is refused as the booking is', async (service, day, time) => {
    const visit = newVisit(mondayFor('preview refusals'));
    const refused = await preview(visit, service, day, time);
    expect(refused.ok).toBe(false);
    expect(refused).toEqual(await book(visit, service, day, time));
  });

  test('of a taken time is refused as the booking is, but not for the customer who holds it', async () => {
    const monday = mondayFor('preview a taken time');
    const [first, late] = [newVisit(monday), newVisit(monday)];
    await book(first, 'tune-up', 'tuesday', '10');
    await book(newVisit(monday), 'tune-up', 'tuesday', '10');
    const refused = await preview(late, 'tune-up', 'tuesday', '10');
    expect(refused).toMatchObject({ ok: false, error: { code: 'slot_taken' } });
    expect(refused).toEqual(await book(late, 'tune-up', 'tuesday', '10'));
    expect(await preview(first, 'tune-up', 'tuesday', '10')).toMatchObject({ ok: true });
    expect(await book(first, 'tune-up', 'tuesday', '10')).toMatchObject({ ok: true });
  });

  test('of "Monday at ten" means another day once it is past ten', async () => {
    const monday = mondayFor('preview next monday');
    const visit = newVisit(monday);
    const early = await preview(atTime(visit, '08:00'), 'tune-up', 'Monday', 'ten');
    const late = await preview(atTime(visit, '11:00'), 'tune-up', 'Monday', 'ten');
    expect(early).toMatchObject({ ok: true, lines: [{}, { value: dayInWords(monday) }, {}] });
    expect(late).toMatchObject({ ok: true, lines: [{}, { value: dayInWords(addDays(monday, 7)) }, {}] });
  });
});

test('the sixth appointment is refused', async () => {
  const visit = newVisit(mondayFor('sixth'));
  for (const day of ['Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']) {
    expect((await book(visit, 'tune-up', day, 'ten')).ok).toBe(true);
  }
  const sixth = { service: 'safety check', day: 'Tuesday', time: 'ten' };
  const refused = await bookAppointment.call(sixth, visit);
  expect(refused).toMatchObject({ ok: false, error: { code: 'too_many_appointments' } });
  expect(await bookAppointment.preview(sixth, visit)).toEqual(refused);
});
