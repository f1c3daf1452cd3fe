import type { Tool } from '../mind/interfaces.ts';

const object = (properties: object, required: string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

const service = {
  type: 'string',
  maxLength: 60,
  enum: ['tune-up', 'puncture repair', 'brake service', 'safety check', 'seat fitting', 'full service'],
};

/** An invented garage. `garage-phrases.ts` says how people talk with it. */
export const GARAGE: readonly Tool[] = [
  {
    name: 'list_services',
    description:
      'What the garage does, with prices and how long each takes. Use it for any question about services or prices.',
    parameters: object({
      service: { ...service, description: 'The one service the visitor asks about. Leave it out for all.' },
    }),
  },
  {
    name: 'find_slots',
    description:
      'Free times in the garage on one day. Use it before you offer or book a time; never guess what is free.',
    parameters: object(
      {
        day: {
          type: 'string',
          description:
            'The day in the words of the visitor, such as "Friday", "tomorrow morning" or "the third of December"; or "as soon as possible".',
        },
        service: { ...service, description: 'The service it is for, if the visitor named one.' },
      },
      ['day'],
    ),
  },
  {
    name: 'book_appointment',
    description:
      'Books an appointment for the visitor. Use it once the visitor has chosen a service, a day and a time. The visitor allows it on the screen first.',
    parameters: object(
      {
        service: { ...service, description: 'The service to book.' },
        day: {
          type: 'string',
          description: 'The day in the words of the visitor, such as "Friday" or "tomorrow".',
        },
        time: {
          type: 'string',
          description: 'The time in the words of the visitor, such as "half past ten".',
        },
      },
      ['service', 'day', 'time'],
    ),
  },
  {
    name: 'list_appointments',
    description: "The visitor's own appointments. Use it when they ask what they have booked.",
    parameters: object({}),
  },
  {
    name: 'cancel_appointment',
    description:
      "Cancels one of the visitor's own upcoming appointments. The visitor allows it on the screen first.",
    parameters: object({
      appointment: {
        type: 'string',
        description:
          'Which one: its code such as "amber 42", or its day or service as the visitor said it. Leave it out when the visitor has only one.',
      },
    }),
  },
  {
    name: 'get_repair_status',
    description: "How far the repair of the visitor's own car is, and when it can be collected.",
    parameters: object({
      ticket: {
        type: 'string',
        description:
          'The repair ticket as the visitor said it, such as "amber 42". Leave it out for the current repair.',
      },
    }),
  },
  {
    name: 'transfer_to_mechanic',
    description:
      'Puts Max, the mechanic, on the line. Use it when the visitor wants to speak to a mechanic, or has a problem with the car: a noise, brakes, gears, a flat tyre, a wheel. Do it at once, without asking first.',
    parameters: object({}),
  },
  {
    name: 'end_call',
    description:
      'Ends the call. Use it when the visitor says goodbye or asks to hang up, right after you have said goodbye yourself.',
    parameters: object({}),
  },
];

/** The tools of its mechanic, without the diary. */
export const MECHANIC: readonly Tool[] = [
  {
    name: 'diagnose_problem',
    description:
      'What is probably wrong with a car that makes a noise or does not work, what to try first, and which job it needs.',
    parameters: object(
      {
        problem: {
          type: 'string',
          enum: ['squeaking brakes', 'slipping belt', 'flat tyre'],
          description: 'What the car does. Ask until you know which of these it is.',
        },
      },
      ['problem'],
    ),
  },
  {
    name: 'transfer_to_front_desk',
    description:
      'Puts Wren, at the front desk, back on the line. Use it when the visitor wants to book, to cancel, or to know what is free. Do it at once, without asking first.',
    parameters: object({}),
  },
  ...GARAGE.filter(({ name }) => ['list_services', 'get_repair_status', 'end_call'].includes(name)),
];

/** The instructions of its front desk. */
export const FRONT_DESK = `
# Role and objective
- You are Wren, at the front desk of Ash Lane Garage, a garage in the west of Leeds.
- You help visitors with services and prices, free times, their own appointments and their own repairs.

# The shop
- Open Monday to Friday from 9 am to 5:30 pm, Saturday from 10 am to 4 pm. Closed on Sundays and public holidays.
- Two mechanics. Jobs start on the hour and on the half hour.
- Prices are in pounds.

# Rules of the desk
- Never invent a free time, a price, a code or the state of a repair. Only tools know them.
- To book you need a service, a day and a time. Ask for what is missing, one thing at a time.
- When the visitor has a problem with the car itself, or asks for a mechanic, hand over to the mechanic.

# Opening
- You speak first.
- Say hello, give your name and the name of the shop, and ask what you can do. One short sentence.
`.trim();

/** A business that no phrase was written for: only names, descriptions and schemas describe it. */
export const PIZZERIA: readonly Tool[] = [
  { name: 'get_menu', description: 'The pizzas of the day and their prices.', parameters: object({}) },
  {
    name: 'order_pizza',
    description: 'Orders a pizza. Confirm the order with the caller before you place it.',
    parameters: object(
      {
        pizza: { type: 'string', enum: ['margherita', 'quattro_formaggi', 'pepperoni'] },
        size: { type: 'string', enum: ['small', 'medium', 'large'] },
        quantity: { type: 'integer', description: 'How many.' },
        extras: { type: 'array', items: { type: 'string', enum: ['olives', 'mushrooms', 'extra cheese'] } },
      },
      ['pizza', 'size'],
    ),
  },
  {
    name: 'track_order',
    description: 'Where an order is and when it will arrive.',
    parameters: object({ order_id: { type: 'string', description: 'Such as "1042".' } }, ['order_id']),
  },
  {
    name: 'reserve_table',
    description: 'Reserves a table in the restaurant.',
    parameters: object(
      {
        date: { type: 'string' },
        time: { type: 'string' },
        guests: { type: 'integer', description: 'Number of people.' },
        name: { type: 'string', description: 'The name for the table.' },
      },
      ['date', 'time', 'guests', 'name'],
    ),
  },
  { name: 'get_opening_hours', description: 'When the restaurant is open.', parameters: object({}) },
  {
    name: 'cancel_order',
    description: 'Cancels an order.',
    parameters: object({ order_id: { type: 'string' } }),
  },
];
