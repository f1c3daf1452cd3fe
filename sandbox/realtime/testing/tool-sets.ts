import type { Tool } from '../mind/scene.ts';

const object = (properties: object, required: string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

const service = {
  type: 'string',
  maxLength: 60,
  enum: ['tune-up', 'puncture repair', 'brake service', 'safety check', 'bike fitting', 'full service'],
};

/** A bicycle workshop: the tools that the phrases of this sandbox were written for. */
export const WORKSHOP: readonly Tool[] = [
  {
    name: 'list_services',
    description: 'What the workshop offers, with prices and how long each takes.',
    parameters: object({}),
  },
  {
    name: 'find_slots',
    description:
      'Free times in the workshop on one day. Use it before you offer or book a time; never guess what is free.',
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
    description: "How far the repair of the visitor's own bike is, and when it can be collected.",
    parameters: object({
      ticket: {
        type: 'string',
        description:
          'The repair ticket as the visitor said it, such as "amber 42". Leave it out for the current repair.',
      },
    }),
  },
  {
    name: 'end_call',
    description: 'Ends the call. Use it when the visitor says goodbye or asks to hang up.',
    parameters: object({}),
  },
];

/** A business that no phrase was written for: only names, descriptions and schemas tell what it does. */
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
