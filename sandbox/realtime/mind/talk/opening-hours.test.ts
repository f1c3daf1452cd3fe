import { describe, expect, test } from 'vitest';
import { Talk } from '../../testing/conversation.ts';
import { GARAGE, PIZZERIA } from '../../testing/tool-sets.ts';
import { openingHoursIn } from './opening-hours.ts';

test.each([
  ['Open daily until midnight.', 'We are open daily until midnight.'],
  ['You sell bread.\n- Opening hours: Monday to Friday, 8 to 6.', 'We are open Monday to Friday, 8 to 6.'],
  ['Never say that we are open on Sunday.', null],
  ['Open the conversation with a joke. Be brief.', null],
])('the hours are what the instructions say of days: %s', (instructions, hours) => {
  expect(openingHoursIn(instructions)).toBe(hours);
});

describe('a question for the hours is answered from the instructions', () => {
  test.each([
    'When are you open?',
    'What time do you close on Saturday?',
    'Are you open on Sundays?',
    'What are your opening hours?',
    'How late is the shop open?',
  ])('%s', (said) => {
    const reply = new Talk(GARAGE).say(said);
    expect(reply.calls).toEqual([]);
    expect(reply.say).toBe(
      'We are open Monday to Friday from 9 am to 5:30 pm, Saturday from 10 am to 4 pm. Closed on Sundays and public holidays.',
    );
  });

  test('and what was asked before is asked again', () => {
    const talk = new Talk(GARAGE);
    talk.say('Book a tune-up');
    expect(talk.say('When are you open?').say).toMatch(/For which day\?$/);
  });

  test('but not when a tool returns them, nor when the question is about free times', () => {
    expect(new Talk(PIZZERIA, 'You are Gino. Open daily until ten.').say('When are you open?').calls).toEqual(
      [{ name: 'get_opening_hours', arguments: {} }],
    );
    expect(new Talk(GARAGE).say('What is open on Friday?').calls[0]?.name).toBe('find_slots');
  });
});
