import { expect, test } from 'vitest';
import { Talk } from '../testing/conversation.ts';
import { GARAGE } from '../testing/tool-sets.ts';

const slots = {
  ok: true,
  summary: 'On Friday we have nine, ten thirty and two.',
  data: { times: ['09:00', '10:30', '14:00'] },
};
test('a summary or a message as it is', () => {
  const talk = new Talk(GARAGE);
  const { calls } = talk.say('Is my car ready?');
  expect(talk.result(calls, { ok: true, summary: 'Your car is ready to collect.', data: {} }).say).toBe(
    'Your car is ready to collect.',
  );
  expect(
    talk.result(calls, { ok: false, error: { code: 'no_repairs', message: 'We have no car of yours.' } }).say,
  ).toBe('We have no car of yours.');
});

test('a next step is offered, and yes takes it up', () => {
  const talk = new Talk(GARAGE);
  const { calls } = talk.say('What is free on Friday?');
  expect(talk.result(calls, slots).say).toBe('On Friday we have nine, ten thirty and two. Shall I book one?');
  expect(talk.say('yes please').say).toBe('At what time?');
  expect(talk.say('nine').say).toBe('Which service would you like?');
  expect(talk.say('a puncture repair').calls[0]?.arguments).toEqual({
    service: 'puncture repair',
    day: 'Friday',
    time: 'nine',
  });
});

test('the day that was looked at is the day to book', () => {
  const talk = new Talk(GARAGE);
  const { calls } = talk.say('What is free on Friday?');
  talk.result(calls, slots);
  expect(talk.say('Book a tune-up at ten thirty').calls[0]?.arguments).toEqual({
    service: 'tune-up',
    day: 'Friday',
    time: 'ten thirty',
  });
});

test('no to an offer is accepted', () => {
  const talk = new Talk(GARAGE);
  const { calls } = talk.say('What is free on Friday?');
  talk.result(calls, slots);
  expect(talk.say('no thanks').say).toBe('All right. What else can I do?');
});

test('a refusal on the screen is taken as it is', () => {
  const talk = new Talk(GARAGE);
  const { calls } = talk.say('Cancel my appointment');
  expect(talk.result(calls, 'Tool execution was not approved.').say).toBe('All right, I have not done it.');
});

test.each([
  ['plain text', 'It is sunny.', 'It is sunny.'],
  ['a list', [{ name: 'Margherita' }, { name: 'Funghi' }], 'There are 2: Margherita, Funghi.'],
  ['an empty list', [], 'There is nothing.'],
  ['facts', { status: 'ready', priceEuro: 40, ok: true }, 'Status: ready. Price euro: 40.'],
  ['an error as text', { error: 'No such order.' }, 'No such order.'],
  ['nothing', null, 'It is done.'],
])('other JSON is put into words: %s', (_what, output, say) => {
  const talk = new Talk(GARAGE);
  const { calls } = talk.say('Is my car ready?');
  expect(talk.result(calls, output).say).toBe(say);
});

test('when there is nothing at all, no better value is asked for', () => {
  const talk = new Talk(GARAGE);
  const { calls } = talk.say('Cancel my appointment');
  talk.result(calls, { ok: false, error: { code: 'no_appointments', message: 'You have no appointment.' } });
  expect(talk.say('thank you').say).toBe('You are welcome.');
});

test('a code in a result is a known name from then on', () => {
  const talk = new Talk(GARAGE);
  const { calls } = talk.say('What have I booked?');
  talk.result(calls, {
    ok: true,
    summary: 'You have one.',
    data: { appointments: [{ code: 'silver 23' }] },
  });
  expect(talk.say('Cancel silver 23').calls[0]?.arguments).toEqual({ appointment: 'silver 23' });
  expect(talk.hints()).toContain('silver 23');
});
