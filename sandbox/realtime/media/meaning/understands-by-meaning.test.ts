import { beforeAll, describe, expect, test } from 'vitest';
import { parsePhrases } from '../../mind/load-phrases.ts';
import { createMind } from '../../mind/mind.ts';
import { Talk } from '../../testing/conversation.ts';
import { GARAGE_PHRASES } from '../../testing/garage-phrases.ts';
import { FRONT_DESK, GARAGE, PIZZERIA } from '../../testing/tool-sets.ts';
import type { Senses } from '../interfaces.ts';
import { loadSentenceEncoder } from './sentence-encoder.ts';

const WAITER = 'You are Gino, the waiter of Da Gino.';
const NOTHING = parsePhrases({}, '');

/** The models themselves, without a worker around them. */
const senses = loadSentenceEncoder().then(
  (encode): Senses => ({
    read: encode,
    study: async (sentences) => {
      const studied = [];
      for (const sentence of sentences) studied.push(await encode(sentence));
      return studied;
    },
  }),
);
const [garage, pizzeria] = [createMind(GARAGE_PHRASES, senses), createMind(NOTHING, senses)];

beforeAll(async () => {
  await garage.learn({ tools: GARAGE, instructions: FRONT_DESK });
  await pizzeria.learn({ tools: PIZZERIA, instructions: WAITER });
}, 120_000);

const desk = () => new Talk(GARAGE, FRONT_DESK, garage);

describe('a sentence that no rule understands', () => {
  test.each([
    ['Has my car been repaired by now?', 'get_repair_status'],
    ['Somebody should look at my engine, it is rattling.', 'transfer_to_mechanic'],
  ])('asks for the tool that it means: %s', async (said, tool) => {
    expect(desk().say(said).calls).toEqual([]);
    expect((await desk().hear(said)).calls[0]?.name).toBe(tool);
  });

  test.each([
    'My grandmother bakes wonderful bread.',
    'The train was late again.',
    'Who wrote this symphony?',
  ])('and means nothing here, stays refused: %s', async (said) => {
    const reply = await desk().hear(said);
    expect(reply.calls).toEqual([]);
    expect(reply.memory.misses).toBe(1);
  });
});

test.each([
  ['How much longer will my order take?', 'track_order'],
  ['I am hungry, I fancy a pepperoni.', 'order_pizza'],
  ['My plans have changed, I do not want the food after all.', 'cancel_order'],
])(
  'a business without phrases is understood by the names and descriptions of its tools: %s',
  async (said, tool) => {
    const talk = new Talk(PIZZERIA, WAITER, pizzeria);
    expect((await talk.hear(said)).memory.pending?.tool).toBe(tool);
  },
);

const DOCTOR = {
  instructions: 'You are Mia, the receptionist of a doctor.',
  tools: [
    {
      name: 'book_visit',
      description: 'Books a visit to the doctor.',
      parameters: {
        type: 'object',
        properties: { day: { type: 'string' }, time: { type: 'string' } },
        required: ['day', 'time'],
      },
    },
  ],
};

test('a remark that has no word in common with the tools is no request, whatever a rule reads into its day', async () => {
  const doctor = createMind(NOTHING, senses);
  await doctor.learn(DOCTOR);
  const talk = () => new Talk(DOCTOR.tools, DOCTOR.instructions, doctor);
  const remark = 'My plane leaves at ten tomorrow.';
  expect(talk().say(remark).memory.pending?.tool).toBe('book_visit');
  const reply = await talk().hear(remark);
  expect([reply.calls, reply.memory.pending, reply.memory.misses]).toEqual([[], null, 1]);
  expect((await talk().hear('Tomorrow at ten.')).memory.pending?.tool).toBe('book_visit');
});

test('what the phrases of a business teach is no remark, whatever else the sentence speaks of', async () => {
  const desk = {
    instructions: 'You are Nora, at the front desk of a dentist.',
    tools: [
      {
        name: 'leave_message',
        description: 'Passes a message on to the team.',
        parameters: {
          type: 'object',
          properties: { message: { type: 'string' }, name: { type: 'string' } },
          required: ['message', 'name'],
        },
      },
    ],
  };
  const phrases = parsePhrases(
    { tools: { leave_message: { examples: ['Can I leave a message?'], asks: ['tell them {message}'] } } },
    '',
  );
  const taught = createMind(phrases, senses);
  await taught.learn(desk);
  const said = 'Tell them that I need a new appointment.';
  expect((await taught.guess(desk, [said]))?.of).toEqual({ kind: 'remark' });
  const reply = await new Talk(desk.tools, desk.instructions, taught).hear(said);
  expect(reply.memory.pending).toMatchObject({ tool: 'leave_message', kind: 'asking', slot: 'name' });
});

test('what may have been meant is suggested, where nothing is surely meant', async () => {
  const said = 'There seems to be something in the way.';
  const [first, second] =
    (await pizzeria.guess({ tools: PIZZERIA, instructions: WAITER }, [said]))?.nearest ?? [];
  const suggested = PIZZERIA.filter(({ name }) => name === first || name === second);
  expect(suggested).toHaveLength(2);
  const reply = await new Talk(PIZZERIA, WAITER, pizzeria).hear(said);
  expect(reply.memory.misses).toBe(1);
  for (const { name } of suggested) expect(reply.say).toContain(name.split('_').at(-1));
});

test('the likeliest tool is suggested first, though no word of it was said', async () => {
  const guess = await pizzeria.guess({ tools: PIZZERIA, instructions: WAITER }, [
    'Is the courier on his way?',
  ]);
  expect(guess?.nearest[0]).toBe('track_order');
});

test('where the rules are sure, they decide', async () => {
  const said = 'What is free on Friday?';
  expect((await desk().hear(said)).calls).toEqual(desk().say(said).calls);
});

test('without the model the rules decide alone', async () => {
  const mind = createMind(
    GARAGE_PHRASES,
    Promise.resolve({ read: async () => null, study: async () => null }),
  );
  await mind.learn({ tools: GARAGE, instructions: FRONT_DESK });
  const talk = new Talk(GARAGE, FRONT_DESK, mind);
  expect((await talk.hear('Is my car ready?')).calls[0]?.name).toBe('get_repair_status');
  expect((await talk.hear('My grandmother bakes wonderful bread.')).memory.misses).toBe(1);
});
