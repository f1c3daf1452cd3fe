import { describe, expect, test } from 'vitest';
import { listAppointments as list } from '@/business/shop/diary/appointments';
import { mondayFor, newVisit } from '@/business/testing/visit';
import { bookAppointment } from '@/business/tools/book-appointment';
import { cancelAppointment } from '@/business/tools/cancel-appointment';
import { listAppointments } from '@/business/tools/list-appointments';
import type { ToolContext } from '@/lib/server/agents/define-tool';

const cancel = (visit: ToolContext, appointment?: string) =>
  cancelAppointment.call(appointment === undefined ? {} : { appointment }, visit);

const codes = async (visit: ToolContext) =>
  (await list(visit)).filter(({ upcoming }) => upcoming).map(({ code }) => code);

async function visitWithThree(name: string): Promise<ToolContext> {
  const visit = newVisit(mondayFor(name));
  for (const [service, day] of [
    ['tune-up', 'Tuesday'],
    ['brake service', 'Wednesday'],
    ['tune-up', 'Friday'],
  ]) {
    const reply = await bookAppointment.call({ service, day, time: 'ten' }, visit);
    if (!reply.ok) throw new Error(reply.error.message);
  }
  return visit;
}

test('the only appointment needs no description', async () => {
  const visit = newVisit(mondayFor('cancel the only one'));
  await bookAppointment.call({ service: 'tune-up', day: 'Friday', time: 'ten' }, visit);
  const reply = await cancel(visit);
  expect(reply).toMatchObject({
    ok: true,
    summary: expect.stringMatching(/^I have cancelled your tune-up on Friday /),
  });
  expect(await codes(visit)).toEqual([]);
  expect(await cancel(visit)).toMatchObject({ ok: false, error: { code: 'no_appointments' } });
});

describe('one of several is found', () => {
  test.each([
    ['by its day', 'the Friday one', [0, 1]],
    ['by its service', 'my brake service', [0, 2]],
    ['by service and day', 'the tune-up on Tuesday', [1, 2]],
  ])('%s', async (_, said, left) => {
    const visit = await visitWithThree(`cancel ${said}`);
    const before = await codes(visit);
    expect(await cancel(visit, said)).toMatchObject({ ok: true });
    expect(await codes(visit)).toEqual(left.map((index) => before[index]));
  });

  test('by its code, in any wording', async () => {
    const visit = await visitWithThree('cancel by code');
    const [first = '', second = ''] = await codes(visit);
    expect(await cancel(visit, `${second.toUpperCase()}, please`)).toMatchObject({
      ok: true,
      data: { code: second },
    });
    expect(await cancel(visit, first.replace(/(\d)(\d)$/, '$1 $2'))).toMatchObject({
      ok: true,
      data: { code: first },
    });
  });
});

test('the preview names the one that would be cancelled, and cancels nothing', async () => {
  const visit = await visitWithThree('preview a cancellation');
  const [, second] = await list(visit);
  expect(await cancelAppointment.preview({ appointment: 'my brake service' }, visit)).toEqual({
    ok: true,
    lines: [
      { label: 'Appointment', value: 'brake service' },
      { label: 'When', value: second?.when },
      { label: 'Code', value: second?.code },
    ],
  });
  expect(await codes(visit)).toHaveLength(3);
  const unclear = await cancelAppointment.preview({}, visit);
  expect(unclear).toMatchObject({ ok: false, error: { code: 'which_appointment' } });
  expect(unclear).toEqual(await cancel(visit));
});

describe('nothing is cancelled when', () => {
  test.each([
    ['several fit', 'my tune-up', 'which_appointment'],
    ['none was named', undefined, 'which_appointment'],
    ['none fits', 'the one on Saturday', 'appointment_not_found'],
    ['the code is unknown', 'xylophone 10', 'appointment_not_found'],
  ])('%s', async (_, said, code) => {
    const visit = await visitWithThree(`keep ${said}`);
    const reply = await cancel(visit, said);
    expect(reply).toMatchObject({ ok: false, error: { code } });
    const upcoming = await codes(visit);
    expect(upcoming).toHaveLength(3);
    if (said !== 'my tune-up') for (const each of upcoming) expect(JSON.stringify(reply)).toContain(each);
  });

  test('the code belongs to another customer', async () => {
    const owner = await visitWithThree('code of another');
    const [theirs = ''] = await codes(owner);
    const stranger = newVisit(mondayFor('code of another'));
    await bookAppointment.call({ service: 'safety check', day: 'Thursday', time: 'ten' }, stranger);
    expect(await cancel(stranger, theirs)).toMatchObject({ ok: false });
    expect(await codes(owner)).toHaveLength(3);
    expect(await codes(stranger)).toHaveLength(1);
  });
});

test('the list says what is coming up', async () => {
  const empty = newVisit(mondayFor('empty list'));
  expect(await listAppointments.call({}, empty)).toMatchObject({
    ok: true,
    summary: 'You have no appointments coming up.',
    data: { appointments: [{ upcoming: false }] },
  });
  const visit = await visitWithThree('list of three');
  const reply = await listAppointments.call({}, visit);
  expect(reply).toMatchObject({
    ok: true,
    summary: expect.stringMatching(/^You have 3 appointments: a tune-up on /),
  });
  for (const code of await codes(visit)) expect(reply.ok && reply.summary).toContain(code);
});
