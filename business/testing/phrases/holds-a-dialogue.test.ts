import { describe, expect, test } from 'vitest';
import { robin } from '@/business/agents/robin';
import { talkTo } from '@/business/testing/sandbox-talk';

const WITHOUT_SLOTS = { ...robin, tools: robin.tools.filter((name) => name !== 'find_slots') };
const slots = {
  ok: true,
  summary: 'On Friday we have nine, ten thirty and two.',
  data: { times: ['09:00', '10:30', '14:00'] },
};
const booked = {
  ok: true,
  summary: 'You are booked in on Friday at ten thirty. Your code is amber 42.',
  data: { code: 'amber 42' },
};

describe('the first words', () => {
  test('give the name, say that this is the offline sandbox, and one thing to try', () => {
    expect(talkTo(robin).begin().say).toBe(
      'Hello, this is Robin at Northside Cycles, an AI, in the offline sandbox. Try asking: What is free on Friday?',
    );
  });

  test('never pretend to be OpenAI', () => {
    const answers = ['are you ChatGPT', 'who are you', 'am I talking to OpenAI', 'are you a real person'].map(
      (said) => talkTo(robin).say(said).say,
    );
    for (const answer of answers) expect(answer).toContain('not OpenAI');
  });

  test('say so when another language was asked for', () => {
    expect(talkTo(robin, { language: 'de' }).begin().say).toContain('only English');
  });
});

describe('missing arguments are asked for one at a time', () => {
  test('service, then day, then time', () => {
    const talk = talkTo(WITHOUT_SLOTS);
    expect(talk.say('I want to book an appointment').say).toBe('Which service would you like?');
    expect(talk.say('a tune-up please').say).toBe('For which day?');
    expect(talk.say('um, on Friday').say).toBe('At what time?');
    const reply = talk.say('ten thirty');
    expect(reply.calls).toEqual([
      { name: 'book_appointment', arguments: { service: 'tune-up', day: 'Friday', time: 'ten thirty' } },
    ]);
    expect(reply.say).toBe('A tune-up, Friday at ten thirty. Please confirm it on your screen.');
  });

  test('before a time is asked for, the free ones are looked up', () => {
    const talk = talkTo(robin);
    const lookup = talk.say('Book a tune-up on Friday');
    expect(lookup.calls).toEqual([{ name: 'find_slots', arguments: { day: 'Friday', service: 'tune-up' } }]);
    expect(talk.result(lookup.calls, slots).say).toBe(
      'On Friday we have nine, ten thirty and two. Which time suits you?',
    );
    expect(talk.say('the second one').calls).toEqual([
      { name: 'book_appointment', arguments: { service: 'tune-up', day: 'Friday', time: '10:30' } },
    ]);
  });

  test.each(['the second one', 'second', 'With the second one, please.'])(
    'and by its place: %s',
    (answer) => {
      const talk = talkTo(robin);
      const lookup = talk.say('Book a tune-up on Friday');
      talk.result(lookup.calls, slots);
      expect(talk.say(answer).calls[0]?.arguments).toMatchObject({ time: '10:30' });
    },
  );

  test.each([
    'ten thirty',
    'the ten thirty one please',
    "I'll take ten thirty",
    'at ten thirty then',
    'yes, ten thirty',
  ])('a time is understood as the answer: %s', (answer) => {
    const talk = talkTo(robin);
    const lookup = talk.say('Book a tune-up on Friday');
    talk.result(lookup.calls, slots);
    expect(talk.say(answer).calls[0]?.arguments).toMatchObject({ time: 'ten thirty' });
  });

  test('an answer that is not understood is asked for again with an example, and given up after a while', () => {
    const talk = talkTo(robin);
    talk.say('Is anything free?');
    expect(talk.say('bananas').say).toBe(
      'Sorry, I did not understand. For which day? Say for example: Friday, or tomorrow.',
    );
    talk.say('bananas');
    expect(talk.say('bananas').say).toContain('I am the offline sandbox');
  });

  test('never mind drops the question', () => {
    const talk = talkTo(robin);
    talk.say('Book an appointment');
    expect(talk.say('never mind').say).toBe('All right, I left it. What else can I do?');
    expect(talk.memory.pending).toBeNull();
  });

  test('a question in between is answered, and then the open one is asked again', () => {
    const talk = talkTo(robin);
    talk.say('I need an appointment');
    const aside = talk.say('What do you offer?');
    expect(aside.calls[0]?.name).toBe('list_services');
    const reply = talk.result(aside.calls, { ok: true, summary: 'We do tune-ups.', data: {} });
    expect(reply.say).toBe('We do tune-ups. Which service would you like?');
    expect(talk.say('a tune-up').say).toBe('For which day?');
  });

  test('a question in between that needs a day keeps the service of the open call', () => {
    const talk = talkTo(robin);
    talk.say('Book a tune-up');
    expect(talk.say('What times do you have?').say).toBe('For which day?');
    const { calls } = talk.say('Tuesday');
    expect(calls).toEqual([{ name: 'find_slots', arguments: { service: 'tune-up', day: 'Tuesday' } }]);
    talk.result(calls, {
      ok: true,
      summary: 'We have 10 am and 10:30 am.',
      data: { times: ['10:00', '10:30'] },
    });
    expect(talk.say('the second one').calls).toEqual([
      { name: 'book_appointment', arguments: { service: 'tune-up', day: 'Tuesday', time: '10:30' } },
    ]);
  });

  test('an hour behind "past" without what it is past is asked again, not booked', () => {
    const talk = talkTo(robin);
    const { calls } = talk.say('Book a tune-up on Tuesday');
    talk.result(calls, {
      ok: true,
      summary: 'We have 3 pm and 3:30 pm.',
      data: { times: ['15:00', '15:30'] },
    });
    expect(talk.say('Blunder past three, please.')).toMatchObject({ calls: [] });
    expect(talk.say('half past three').calls[0]?.arguments).toMatchObject({ time: 'half past three' });
  });

  test('small talk keeps the question open', () => {
    const talk = talkTo(robin);
    talk.say('Book an appointment');
    expect(talk.say('thank you').say).toBe('You are welcome. Which service would you like?');
    expect(talk.say('a safety check').say).toBe('For which day?');
  });
});

describe('corrections', () => {
  test.each([
    ['no, I meant Thursday', { day: 'Thursday' }],
    ['sorry, Thursday', { day: 'Thursday' }],
    ['not Friday, Thursday', { day: 'Thursday' }],
    ['make it Thursday', { day: 'Thursday' }],
    ['Thursday instead', { day: 'Thursday' }],
    ['actually, how about Thursday?', { day: 'Thursday' }],
    ['and on Thursday?', { day: 'Thursday' }],
    ['what about Thursday afternoon', { day: 'Thursday afternoon' }],
    ['on Thursday', { day: 'Thursday' }],
  ])('after a question was answered: %s', (said, args) => {
    const talk = talkTo(robin);
    const asked = talk.say('What is free on Friday?');
    talk.result(asked.calls, slots);
    expect(talk.say(said).calls).toEqual([{ name: 'find_slots', arguments: args }]);
  });

  test('while a call is put together', () => {
    const talk = talkTo(WITHOUT_SLOTS);
    talk.say('Book a tune-up on Friday');
    expect(talk.say('no wait, make it Saturday').say).toBe('At what time?');
    expect(talk.say('make it eleven').calls[0]?.arguments).toEqual({
      service: 'tune-up',
      day: 'Saturday',
      time: 'eleven',
    });
  });

  test('a refused booking stays open for a better time', () => {
    const talk = talkTo(robin);
    const { calls } = talk.say('Book a tune-up on Friday at ten');
    const taken = {
      ok: false,
      error: { code: 'slot_taken', message: 'Friday at ten is taken. That day we still have nine.' },
    };
    expect(talk.result(calls, taken).say).toBe('Friday at ten is taken. That day we still have nine.');
    expect(talk.say('nine then').calls[0]?.arguments).toEqual({
      service: 'tune-up',
      day: 'Friday',
      time: 'nine',
    });
  });

  test('what is done already is not done twice without a yes', () => {
    const talk = talkTo(robin);
    const { calls } = talk.say('Book a tune-up on Friday at ten');
    talk.result(calls, booked);
    const reply = talk.say('no, I meant Thursday');
    expect(reply.calls).toEqual([]);
    expect(reply.say).toContain('done already');
    expect(talk.say('yes').calls[0]?.arguments).toEqual({ service: 'tune-up', day: 'Thursday', time: 'ten' });
  });
});

describe('the rest of a conversation', () => {
  test('goodbye says goodbye and ends the call', () => {
    const reply = talkTo(robin).say('Goodbye, Robin.');
    expect(reply.say).toBe('Thank you for calling. Goodbye!');
    expect(reply.calls).toEqual([{ name: 'end_call', arguments: {} }]);
  });

  test('after the call was ended nothing more is said', () => {
    const talk = talkTo(robin);
    const { calls } = talk.say('Goodbye.');
    expect(talk.result(calls, { ok: true, summary: 'Goodbye, and ride safely.', data: {} })).toMatchObject({
      say: null,
      calls: [],
    });
  });

  test.each([
    ['hello', 'Hello!'],
    ['thank you', 'You are welcome.'],
    ['what can you do', 'I can'],
    ['help', 'I can'],
    ['how are you', 'I am well'],
    ['no', 'All right.'],
  ])('%s', (said, begins) => {
    expect(talkTo(robin).say(said).say).toMatch(new RegExp(`^${begins}`));
  });

  test('the last words can be repeated', () => {
    const talk = talkTo(robin);
    const { calls } = talk.say('Is my bike ready?');
    talk.result(calls, { ok: true, summary: 'Your bike is ready.', data: {} });
    expect(talk.say('Sorry, what did you say?').say).toBe('Your bike is ready.');
  });

  test('a greeting in front of a request is passed over', () => {
    expect(talkTo(robin).say('Hi Robin, what is free on Friday?').calls[0]?.name).toBe('find_slots');
  });

  test('a sentence in two pieces is one sentence', () => {
    expect(talkTo(robin).say('What is free', 'on Friday?').calls[0]?.arguments).toEqual({
      day: 'Friday',
    });
  });

  test('a sound without words is asked about once, then passed over', () => {
    const talk = talkTo(robin);
    expect(talk.say('').say).toContain('did not catch');
    expect(talk.say('').say).toBeNull();
  });

  test('after a long silence it asks whether somebody is there', () => {
    expect(talkTo(robin).idle().say).toContain('Are you still there?');
  });
});

test('what no tool can do is said, not taken for the nearest tool', () => {
  const reply = talkTo(robin).say('Can I move my appointment to Friday?');
  expect(reply.calls).toEqual([]);
  expect(reply.say).toBe(
    'I cannot move that here. You can say: Cancel my appointment. Or: Book a tune-up on Tuesday at ten.',
  );
});
