import { describe, expect, test } from 'vitest';
import { Talk } from '../testing/conversation.ts';
import { PIZZERIA } from '../testing/tool-sets.ts';

const WAITER = 'You are Gino, the waiter of Da Gino.';
const first = (said: string) => new Talk(PIZZERIA, WAITER).say(said);

test.each([
  ["What's on the menu?", 'get_menu', {}],
  ['Can I see the menu please?', 'get_menu', {}],
  ['track order 1042', 'track_order', { order_id: '1042' }],
  ['Where is my order one zero four two?', 'track_order', { order_id: 'one zero four two' }],
  ['When do you open?', 'get_opening_hours', {}],
  ['Are you open on Sunday?', 'get_opening_hours', {}],
])('a tool is found by its name, description and schema: %s', (said, name, args) => {
  expect(first(said).calls).toEqual([{ name, arguments: args }]);
});

test.each([
  ['Cancel order 1042', 'I will cancel the order: 1042.', 'cancel_order', { order_id: '1042' }],
  [
    "Reserve a table for two people tomorrow at seven o'clock under the name Smith",
    "I will reserve a table: tomorrow, seven o'clock, guests 2, Smith.",
    'reserve_table',
    { date: 'tomorrow', time: "seven o'clock", guests: 2, name: 'Smith' },
  ],
])('what changes something waits for a spoken yes: %s', (said, told, name, args) => {
  const talk = new Talk(PIZZERIA, WAITER);
  expect(talk.say(said)).toMatchObject({ calls: [], say: `${told} Shall I go ahead?` });
  expect(talk.say('yes')).toMatchObject({
    calls: [{ name, arguments: args }],
    say: 'All right, one moment.',
  });
});

test.each([
  [
    'polish_shoes',
    'Polishes the shoes of the guest.',
    'Please polish my shoes',
    'I will polish it. Shall I go ahead?',
  ],
  [
    'renew_loan',
    'Extends the time for a borrowed book.',
    'Can you extend my loan?',
    'I will renew it. Shall I go ahead?',
  ],
])(
  '%s begins with a verb if its description says so, or if it is a common one',
  (name, description, said, asked) => {
    const talk = new Talk([{ name, description, parameters: noArguments }], WAITER);
    const reply = talk.say(said);
    expect(reply).toMatchObject({ say: asked, calls: [] });
  },
);

test('a name that no verb begins is read', () => {
  const tool = {
    name: 'shoes_shop',
    description: 'The shops for shoes in the house.',
    parameters: noArguments,
  };
  expect(new Talk([tool], WAITER).say('Tell me about the shoes shop').calls).toHaveLength(1);
});

test('only what hands over is offered as somebody to talk to', () => {
  const tools = ['transfer_money', 'transfer_to_plumber'].map((name) => ({
    name,
    description: '',
    parameters: noArguments,
  }));
  const { say } = new Talk(tools, WAITER).say('The moon is full tonight.');
  expect(say).toContain('transfer money');
  expect(say).toContain('talk to a plumber');
});

test('a no changes nothing', () => {
  const talk = new Talk(PIZZERIA, WAITER);
  talk.say('Cancel order 1042');
  expect(talk.say('no').calls).toEqual([]);
  expect(talk.say('yes').calls).toEqual([]);
});

const noArguments = { type: 'object', properties: {} };
test.each([
  ['cancel_order', 'Cancels the order. The customer allows it on the screen first.', 1],
  ['cancel_order', 'Cancels the order, without asking.', 1],
  ['cancel_order', 'Cancels the order.', 0],
  ['turn_on_lights', 'Turns the lights on.', 1],
  ['get_order', 'Tells about the order.', 1],
  ['newsletter', 'Sends the newsletter to everybody.', 0],
])('whether %s runs at once: %s', (name, description, calls) => {
  const talk = new Talk([{ name, description, parameters: noArguments }], WAITER);
  const said = { newsletter: 'send the newsletter', get_order: 'tell me about the order' }[name];
  expect(talk.say(said ?? name.replaceAll('_', ' ')).calls).toHaveLength(calls);
});

test('an order by voice is repeated before it is placed', () => {
  const talk = new Talk(PIZZERIA, WAITER);
  const reply = talk.say('Two small pepperoni pizzas with olives and mushrooms, please');
  expect(reply.calls).toEqual([]);
  expect(reply.say).toBe(
    'I will order a pizza: pepperoni, small, quantity 2, olives and mushrooms. Shall I go ahead?',
  );
  expect(talk.say('yes please').calls).toEqual([
    {
      name: 'order_pizza',
      arguments: { pizza: 'pepperoni', size: 'small', quantity: 2, extras: ['olives', 'mushrooms'] },
    },
  ]);
});

test('a change before the yes is repeated, a no drops it', () => {
  const talk = new Talk(PIZZERIA, WAITER);
  talk.say("I'd like a large margherita");
  expect(talk.say('no, make it a small one').say).toBe(
    'I will order a pizza: margherita, small. Shall I go ahead?',
  );
  expect(talk.say('no').say).toBe('All right, I left it. What else can I do?');
});

test('missing arguments are asked for by their names and choices', () => {
  const talk = new Talk(PIZZERIA, WAITER);
  expect(talk.say('Can I have a pizza?').say).toBe('Which pizza: margherita, quattro formaggi or pepperoni?');
  expect(talk.say('quattro formaggi').say).toBe('Which size: small, medium or large?');
  expect(talk.say('medium').say).toContain('quattro formaggi, medium');

  expect(talk.say('Where is my order?').say).toBe('What is the order number?');
  expect(talk.say('ten forty two').calls[0]?.arguments).toEqual({ order_id: 'ten forty two' });
});

test('numbers, times and free text are read as answers', () => {
  const talk = new Talk(PIZZERIA, WAITER);
  expect(talk.say('I want to reserve a table').say).toBe('For which day?');
  expect(talk.say('next Friday').say).toBe('At what time?');
  expect(talk.say('at ate').say).toContain('guests');
  expect(talk.say('for').say).toBe('What name, please?');
  expect(talk.say('my name is Anna Karenina').say).toContain('Shall I go ahead?');
  expect(talk.say('yes please').calls[0]?.arguments).toEqual({
    date: 'next Friday',
    time: 'eight',
    guests: 4,
    name: 'Anna Karenina',
  });
});

describe('a message, which is any text', () => {
  const text = (description: string) => ({ type: 'string', description });
  const properties = { message: text('What to pass on.'), name: text('The name of the caller.') };
  const desk = () =>
    new Talk([
      {
        name: 'leave_message',
        description: 'Leaves a message. The caller allows it on the screen first.',
        parameters: { type: 'object', properties, required: ['message', 'name'] },
      },
    ]);

  test('the answer to a question for a text is all of that text', () => {
    const talk = desk();
    expect(talk.say('Can I leave a message?').say).toBe('What is the message?');
    expect(talk.say('Please call me back on Monday.').say).toBe('What name, please?');
    expect(talk.say('Name is Anna Brown.').calls).toEqual([
      { name: 'leave_message', arguments: { message: 'call me back on monday', name: 'Anna Brown' } },
    ]);
  });

  test('a question that was read, not heard, is answered by the next sentence', () => {
    const said = ['Can I leave a message?', 'I will be ten minutes late.', 'Anna Brown.'];
    expect(desk().say(...said).calls).toEqual([
      { name: 'leave_message', arguments: { message: 'i will be ten minutes late', name: 'Anna Brown' } },
    ]);
  });
});

test('off-topic sentences are not understood here either', () => {
  const said = [
    'What is the weather?',
    'Tell me a story.',
    'Book a flight to Rome.',
    'Who won the match?',
    'I am tired.',
  ];
  for (const sentence of said) {
    expect(first(sentence)).toMatchObject({ calls: [], memory: { pending: null } });
  }
});

test('the greeting and the suggestions come from the session', () => {
  expect(new Talk(PIZZERIA, WAITER).begin().say).toBe(
    'Hello, this is Gino at Da Gino, in the offline sandbox. Try asking: show me the menu.',
  );
  expect(first('Tell me a story.').say).toContain('You can say: show me the menu. Or: order a pizza.');
});

test('hints for the recogniser begin with the answers to the open question', () => {
  const talk = new Talk(PIZZERIA, WAITER);
  talk.say('Can I have a pizza?');
  expect(talk.hints().slice(0, 3)).toEqual(['margherita', 'quattro formaggi', 'pepperoni']);
});
