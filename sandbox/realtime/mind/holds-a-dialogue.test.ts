import { describe, expect, test } from 'vitest';
import { Talk } from '../testing/conversation.ts';
import { GARAGE } from '../testing/tool-sets.ts';

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
    expect(new Talk(GARAGE).begin().say).toBe(
      'Hello, this is Wren at Ash Lane Garage, in the offline sandbox. Try asking: What is free on Friday?',
    );
  });

  test('need no instructions and no tools', () => {
    expect(new Talk([], '').begin().say).toBe(
      'Hello, this is the offline sandbox. It has no tools to work with.',
    );
  });

  test('never pretend to be OpenAI', () => {
    const answers = ['are you ChatGPT', 'who are you', 'am I talking to OpenAI', 'are you a real person'].map(
      (said) => new Talk(GARAGE).say(said).say,
    );
    for (const answer of answers) expect(answer).toContain('not OpenAI');
  });

  test('say so when another language was asked for', () => {
    expect(new Talk(GARAGE, 'You are Wren. Speak German, whatever you hear.').begin().say).toContain(
      'only English',
    );
  });
});

describe('missing arguments are asked for one at a time', () => {
  test('service, then day, then time', () => {
    const talk = new Talk(GARAGE.filter(({ name }) => name !== 'find_slots'));
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
    const talk = new Talk(GARAGE);
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
      const talk = new Talk(GARAGE);
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
    const talk = new Talk(GARAGE);
    const lookup = talk.say('Book a tune-up on Friday');
    talk.result(lookup.calls, slots);
    expect(talk.say(answer).calls[0]?.arguments).toMatchObject({ time: 'ten thirty' });
  });

  test('an answer that is not understood is asked for again with an example, and given up after a while', () => {
    const talk = new Talk(GARAGE);
    talk.say('Is anything free?');
    expect(talk.say('bananas').say).toBe(
      'Sorry, I did not understand. For which day? Say for example: Friday, or tomorrow.',
    );
    talk.say('bananas');
    expect(talk.say('bananas').say).toContain('I am the offline sandbox');
  });

  test('never mind drops the question', () => {
    const talk = new Talk(GARAGE);
    talk.say('Book an appointment');
    expect(talk.say('never mind').say).toBe('All right, I left it. What else can I do?');
    expect(talk.memory.pending).toBeNull();
  });

  test('a question in between is answered, and then the open one is asked again', () => {
    const talk = new Talk(GARAGE);
    talk.say('I need an appointment');
    const aside = talk.say('What do you offer?');
    expect(aside.calls[0]?.name).toBe('list_services');
    const reply = talk.result(aside.calls, { ok: true, summary: 'We do tune-ups.', data: {} });
    expect(reply.say).toBe('We do tune-ups. Which service would you like?');
    expect(talk.say('a tune-up').say).toBe('For which day?');
  });

  test('a question in between that needs a day keeps the service of the open call', () => {
    const talk = new Talk(GARAGE);
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
    const talk = new Talk(GARAGE);
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
    const talk = new Talk(GARAGE);
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
    const talk = new Talk(GARAGE);
    const asked = talk.say('What is free on Friday?');
    talk.result(asked.calls, slots);
    expect(talk.say(said).calls).toEqual([{ name: 'find_slots', arguments: args }]);
  });

  test('while a call is put together', () => {
    const talk = new Talk(GARAGE.filter(({ name }) => name !== 'find_slots'));
    talk.say('Book a tune-up on Friday');
    expect(talk.say('no wait, make it Saturday').say).toBe('At what time?');
    expect(talk.say('make it eleven').calls[0]?.arguments).toEqual({
      service: 'tune-up',
      day: 'Saturday',
      time: 'eleven',
    });
  });

  test('a refused booking stays open for a better time', () => {
    const talk = new Talk(GARAGE);
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
    const talk = new Talk(GARAGE);
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
    const reply = new Talk(GARAGE).say('Goodbye, Wren.');
    expect(reply.say).toBe('Thank you for calling. Goodbye!');
    expect(reply.calls).toEqual([{ name: 'end_call', arguments: {} }]);
  });

  test.each(['When can I come by?', 'Can I see you on Friday?', 'Please do not hang up.'])(
    'what only sounds like a goodbye does not end the call: %s',
    (said) => {
      const { calls } = new Talk(GARAGE).say(said);
      expect(calls.map(({ name }) => name)).not.toContain('end_call');
    },
  );

  test('after the call was ended nothing more is said', () => {
    const talk = new Talk(GARAGE);
    const { calls } = talk.say('Goodbye.');
    expect(talk.result(calls, { ok: true, summary: 'Goodbye, and drive safely.', data: {} })).toMatchObject({
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
    expect(new Talk(GARAGE).say(said).say).toMatch(new RegExp(`^${begins}`));
  });

  test('the last words can be repeated', () => {
    const talk = new Talk(GARAGE);
    const { calls } = talk.say('Is my car ready?');
    talk.result(calls, { ok: true, summary: 'Your car is ready.', data: {} });
    expect(talk.say('Sorry, what did you say?').say).toBe('Your car is ready.');
  });

  test('a greeting in front of a request is passed over', () => {
    expect(new Talk(GARAGE).say('Hi Wren, what is free on Friday?').calls[0]?.name).toBe('find_slots');
  });

  test('a sentence in two pieces is one sentence', () => {
    expect(new Talk(GARAGE).say('What is free', 'on Friday?').calls[0]?.arguments).toEqual({
      day: 'Friday',
    });
  });

  test('a sound without words is asked about once, then passed over', () => {
    const talk = new Talk(GARAGE);
    expect(talk.say('').say).toContain('did not catch');
    expect(talk.say('').say).toBeNull();
  });

  test('after a long silence it asks whether the user is there', () => {
    expect(new Talk(GARAGE).idle().say).toContain('Are you still there?');
  });
});

test('what no tool can do is said, not taken for the nearest tool', () => {
  const reply = new Talk(GARAGE).say('Can I move my appointment to Friday?');
  expect(reply.calls).toEqual([]);
  expect(reply.say).toBe(
    'I cannot move that here. You can say: Cancel my appointment. Or: Book a tune-up on Tuesday at ten.',
  );
});

test('it says that it cannot see pictures, and answers the words beside them', () => {
  const talk = new Talk(GARAGE);
  expect(talk.show(1).say).toMatch(/cannot see/);
  const reply = talk.show(2, 'What is free on Friday?');
  expect(reply.say).toMatch(/cannot see/);
  expect(reply.calls).toEqual([{ name: 'find_slots', arguments: { day: 'Friday' } }]);
});

test('a sound that was no speech gets no reply, and leaves the open question open', () => {
  const talk = new Talk(GARAGE);
  talk.say('Book a tune-up.');
  const asked = talk.memory;
  expect(talk.noise()).toMatchObject({ say: null, calls: [] });
  expect(talk.memory.pending).toEqual(asked.pending);
});
