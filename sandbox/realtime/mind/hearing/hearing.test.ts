import { describe, expect, test } from 'vitest';
import { Talk } from '../../testing/conversation.ts';
import { GARAGE } from '../../testing/tool-sets.ts';
import { spellSounds } from './sounds.ts';

describe('a sentence that makes no sense is compared by sound', () => {
  test.each([
    [
      'Buccatoon up on Tuesday at ten.',
      'book_appointment',
      { service: 'tune-up', day: 'Tuesday', time: 'ten' },
    ],
    [
      'But Cassafety check on Monday at 10:30.',
      'book_appointment',
      { service: 'safety check', day: 'Monday' },
    ],
    [
      'The Cabrake service on Thursday at nine.',
      'book_appointment',
      { service: 'brake service', time: 'nine' },
    ],
    [
      'Do the function repair on Monday at nine.',
      'book_appointment',
      { service: 'puncture repair', day: 'Monday', time: 'nine' },
    ],
    ['My gaze keeps slipping.', 'transfer_to_mechanic', {}],
    ['When is the next freeze lot?', 'find_slots', {}],
    ['What is free, young Freddie?', 'find_slots', { day: 'Friday' }],
    ['What have I, but?', 'list_appointments', {}],
    ['Is my calm ready?', 'get_repair_status', {}],
    ['Counsel my a point mint', 'cancel_appointment', {}],
  ])('%s', (heard, name, args) => {
    const [call] = new Talk(GARAGE).say(heard).calls;
    expect(call?.name).toBe(name);
    expect(call?.arguments).toMatchObject(args);
  });

  test('an answer to the open question too', () => {
    const talk = new Talk(GARAGE);
    const { calls } = talk.say('Book a tune-up on Monday');
    talk.result(calls, { ok: true, summary: 'We have nine and ten.', data: { times: ['09:00', '10:00'] } });
    expect(talk.say('Yes, Tim, please.').calls[0]?.arguments).toMatchObject({ time: 'ten' });
  });

  test('one of the listed choices too', () => {
    const talk = new Talk(GARAGE);
    const { calls } = talk.say('Book a tune-up on Monday');
    talk.result(calls, { ok: true, summary: 'We have nine and ten.', data: { times: ['09:00', '10:00'] } });
    expect(talk.say('The sec and won').calls[0]?.arguments).toMatchObject({ time: '10:00' });
  });

  test('a yes to an offer too', () => {
    const talk = new Talk(GARAGE);
    const { calls } = talk.say('Book a tune-up on Friday at ten');
    talk.result(calls, { ok: true, summary: 'You are booked in.', data: {} });
    talk.say('No, I meant Thursday');
    expect(talk.say('Yes, but kit').calls[0]?.arguments).toMatchObject({ day: 'Thursday', time: 'ten' });
  });

  test('a half-recognised value is corrected', () => {
    const [call] = new Talk(GARAGE).say('I would like to book a film service for next Friday at two.').calls;
    expect(call?.arguments).toEqual({ service: 'full service', day: 'next Friday', time: 'two' });
  });
});

test('spellings that sound the same are equal', () => {
  const same = [
    ['book a tune up', 'buka toon up'],
    ['10:30', 'ten thirty'],
    ['knight', 'night'],
  ];
  for (const [a = '', b = ''] of same) expect(spellSounds(a.split(' '))).toBe(spellSounds(b.split(' ')));
});
