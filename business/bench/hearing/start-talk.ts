import type { Tool } from '@parley/realtime-sandbox/mind/interfaces';
import { parsePhrases } from '@parley/realtime-sandbox/mind/load-phrases';
import { createMind } from '@parley/realtime-sandbox/mind/mind';
import { Talk } from '@parley/realtime-sandbox/testing/conversation';
import phrases from '../../sandbox-phrases.ts';

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

const TOOLS: readonly Tool[] = [
  {
    name: 'list_services',
    description:
      'What the workshop does, with prices and how long each takes. Use it for any question about services or prices.',
    parameters: object({
      service: { ...service, description: 'The one service the visitor asks about. Leave it out for all.' },
    }),
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
    name: 'transfer_to_mechanic',
    description:
      'Puts Sam, the mechanic, on the line. Use it when the visitor wants to speak to a mechanic, or has a problem with the bike: a noise, brakes, gears, a flat tyre, a wheel. Do it at once, without asking first.',
    parameters: object({}),
  },
  {
    name: 'end_call',
    description:
      'Ends the call. Use it when the visitor says goodbye or asks to hang up, right after you have said goodbye yourself.',
    parameters: object({}),
  },
];

const INSTRUCTIONS = `
# Role and objective
- You are Robin, at the front desk of Northside Cycles, a bicycle workshop in the north of London.
- You help visitors with services and prices, free times, their own appointments and their own repairs.

# The shop
- Open Monday to Friday from 9 am to 5:30 pm, Saturday from 10 am to 4 pm. Closed on Sundays and public holidays.
- Two mechanics. Jobs start on the hour and on the half hour.
- Prices are in pounds.

# Rules of the desk
- Never invent a free time, a price, a code or the state of a repair. Only tools know them.
- To book you need a service, a day and a time. Ask for what is missing, one thing at a time.
- When the visitor has a problem with the bike itself, or asks for a mechanic, hand over to the mechanic.

# Opening
- You speak first.
- Say hello, give your name and the name of the shop, and ask what you can do. One short sentence.
`.trim();

const mind = createMind(parsePhrases(phrases, 'business/sandbox-phrases.ts'));

/** A call to the front desk. Its tools and instructions are a copy that stays as it is, so that figures compare over time. */
export const startTalk = (): Talk => new Talk(TOOLS, INSTRUCTIONS, mind);
