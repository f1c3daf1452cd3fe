import { describe, expect, test } from 'vitest';
import { Talk } from '../testing/conversation.ts';
import { GARAGE, MECHANIC } from '../testing/tool-sets.ts';

const call = (name: string, args: object = {}) => ({ name, arguments: args });
const first = (said: string) => new Talk(GARAGE).say(said);

describe('a request becomes a call', () => {
  test.each([
    ['What do you offer?', call('list_services')],
    ['How much is a tune-up?', call('list_services', { service: 'tune-up' })],
    ['how much does a brake service cost', call('list_services', { service: 'brake service' })],
    ['Which services do you have?', call('list_services')],
    ['What are your prices?', call('list_services')],
    ['what can you repair', call('list_services')],
    ['What is free on Friday?', call('find_slots', { day: 'Friday' })],
    ["What's available tomorrow afternoon?", call('find_slots', { day: 'tomorrow afternoon' })],
    ['Do you have anything on Saturday morning?', call('find_slots', { day: 'Saturday morning' })],
    ['Any free slots the day after tomorrow?', call('find_slots', { day: 'the day after tomorrow' })],
    ['When is the next free slot?', call('find_slots', { day: 'next free' })],
    ['Have you got space on the third of December?', call('find_slots', { day: 'the third of December' })],
    ['When can I come in next Tuesday?', call('find_slots', { day: 'next Tuesday' })],
    ['What is free on Friday for a tune-up?', call('find_slots', { day: 'Friday', service: 'tune-up' })],
    ['what times do you have on monday', call('find_slots', { day: 'Monday' })],
    ['Is my car ready?', call('get_repair_status')],
    ['When can I pick up my car?', call('get_repair_status')],
    ['How far is my repair?', call('get_repair_status')],
    ['What is the status of ticket amber 42?', call('get_repair_status', { ticket: 'amber 42' })],
    ['Is my car done yet?', call('get_repair_status')],
    ['What have I booked?', call('list_appointments')],
    ['Do I have any appointments?', call('list_appointments')],
    ['When is my appointment?', call('list_appointments')],
    ['show me my bookings', call('list_appointments')],
    ['Cancel my appointment', call('cancel_appointment')],
    ['Cancel my tune-up on Friday', call('cancel_appointment', { appointment: 'tune-up on Friday' })],
    ['Please cancel amber forty-two', call('cancel_appointment', { appointment: 'amber forty two' })],
    ["I don't need my appointment any more", call('cancel_appointment')],
    ['Can you fix a flat tire?', call('list_services', { service: 'puncture repair' })],
    ['How long does a full service take?', call('list_services', { service: 'full service' })],
    ['My wheel is bent', call('transfer_to_mechanic')],
    ['My brakes keep squeaking', call('transfer_to_mechanic')],
    ['I would like to talk to a mechanic', call('transfer_to_mechanic')],
  ])('%s', (said, expected) => {
    expect(first(said).calls).toEqual([expected]);
  });

  test.each([
    ['Book a tune-up on Tuesday at ten.', 'tune-up', 'Tuesday', 'ten'],
    [
      'I would like to book a full service for next Friday at half past two',
      'full service',
      'next Friday',
      'half past two',
    ],
    [
      'Schedule a safety check for the third of December at 10:30',
      'safety check',
      'the third of December',
      '10:30',
    ],
    ['put me in for a seat fitting on Monday at 9', 'seat fitting', 'Monday', '9'],
    ['I need a puncture repair tomorrow at noon', 'puncture repair', 'tomorrow', 'noon'],
    [
      'Can I get my brakes done on Thursday at quarter past three?',
      'brake service',
      'Thursday',
      'quarter past three',
    ],
    ['I have a flat tyre, can I come in today at 4 pm?', 'puncture repair', 'today', '4 pm'],
    ['book a tune up friday ten thirty', 'tune-up', 'Friday', 'ten thirty'],
    [
      'make an appointment for a tune-up on friday morning at eleven',
      'tune-up',
      'Friday',
      'eleven in the morning',
    ],
  ])('book: %s', (said, service, day, time) => {
    expect(first(said).calls).toEqual([call('book_appointment', { service, day, time })]);
  });

  test.each([
    ['Thursday at half past two', { day: 'Thursday', time: 'half past two' }, 'service'],
    ['a brake service please', { service: 'brake service' }, 'day'],
    ['I need a new belt and a gear adjustment', { service: 'tune-up' }, 'day'],
    ['I would like to book a seat fitting and a taxi', { service: 'seat fitting' }, 'day'],
  ])('a part of a booking begins one: %s', (said, values, slot) => {
    expect(first(said)).toMatchObject({
      calls: [],
      memory: { pending: { kind: 'asking', tool: 'book_appointment', values, slot } },
    });
  });

  test('two questions in one sentence become parallel calls', () => {
    expect(first('What do you offer, and what is free on Friday?').calls).toEqual([
      call('list_services'),
      call('find_slots', { day: 'Friday' }),
    ]);
  });
});

describe('misrecognised requests are understood too', () => {
  test.each([
    ['book a tuna on friday at ten', { service: 'tune-up', day: 'Friday', time: 'ten' }],
    ['look a tune-up on fri day at ten', { service: 'tune-up', day: 'Friday', time: 'ten' }],
    ['But the doom upon Tuesday at ten.', { service: 'tune-up', day: 'Tuesday', time: 'ten' }],
    ['Book a break service to morrow at won', { service: 'brake service', day: 'tomorrow', time: 'one' }],
    [
      'book a puncher repair on wensday at too',
      { service: 'puncture repair', day: 'Wednesday', time: 'two' },
    ],
    ['Book a safety check on Monday at 1030.', { service: 'safety check', day: 'Monday', time: '10:30' }],
    ['book a full surface on saturday at for', { service: 'full service', day: 'Saturday', time: 'four' }],
    [
      "Book a tune-up on Friday at nine o'clock.",
      { service: 'tune-up', day: 'Friday', time: "nine o'clock" },
    ],
    ['book a tuneup on Friday at 10am', { service: 'tune-up', day: 'Friday', time: '10 am' }],
  ])('%s', (said, args) => {
    expect(first(said).calls).toEqual([call('book_appointment', args)]);
  });

  test.each([
    ['Good-by.', 'end_call'],
    ['good buy', 'end_call'],
    ['That is all by.', 'end_call'],
    ['Thanks, bye bye.', 'end_call'],
    ['council my appointment', 'cancel_appointment'],
    ['cancelled my a pointment', 'cancel_appointment'],
    ['is my card ready', 'get_repair_status'],
  ])('%s', (said, name) => {
    expect(first(said).calls.map((one) => one.name)).toEqual([name]);
  });
});

describe('off-topic sentences call nothing, and the reply says so', () => {
  const offTopic = [
    'What is the weather like in Paris?',
    'Tell me a joke.',
    'Who won the football game last night?',
    'Play some music.',
    'What time is it in Tokyo?',
    'Translate this to French.',
    'How tall is the Eiffel Tower?',
    'What is the capital of Australia?',
    'I like cheese.',
    'My dog is sick.',
    'Turn off the lights in the kitchen.',
    'Can you order me a taxi?',
    'What is the meaning of life?',
    'Set an alarm for seven.',
    'Send an email to my boss.',
    'How do I cook rice?',
    'Read me the news.',
    'Buy me some milk.',
    'The cat sat on the mat.',
    'Do you like lorries?',
    'Book a flight to Rome.',
    'Book a table for two.',
    'What is two plus two?',
    'Call my mother.',
    'Is it going to rain on Friday?',
    'Remind me to water the plants.',
    'What is your favourite colour?',
    'Open the door.',
    'How many people live in London?',
    'I am going on holiday next week.',
    'The meeting is at ten.',
    'My sister has a new job.',
    'Cancel my newspaper subscription.',
    'Who is the prime minister?',
    'Where is the nearest petrol station?',
    'Sing me a song about the sea.',
    'What are you doing on Sunday?',
  ];

  test('none calls a tool, none asks for an argument', () => {
    const accepted = offTopic.filter((said) => {
      const reply = first(said);
      return reply.calls.length > 0 || reply.memory.pending !== null;
    });
    expect(accepted).toEqual([]);
  });

  test('the answer is honest and gives two things to try', () => {
    expect(first('What is the weather like in Paris?').say).toBe(
      'Sorry, I did not understand that. I am the offline sandbox. You can say: What do you offer? Or: What is free on Friday?',
    );
  });

  test('“What are you doing?” does not ask who the agent is', () => {
    expect(first('What are you doing on Sunday?').memory.misses).toBe(1);
    expect(first('What are you?').memory.misses).toBe(0);
  });

  test('it does not say the same sentence twice in a row', () => {
    const talk = new Talk(GARAGE);
    expect(talk.say('Tell me a joke.').say).not.toBe(talk.say('Tell me another joke.').say);
  });
});

describe('an agent without the diary hands over to one that has it', () => {
  test.each([
    'Can I bring it in tomorrow?',
    'I want to book an appointment',
    'Can I book?',
    'I need to change my booking',
    'What is free on Friday?',
    'Please cancel my appointment',
    'Back to the front desk, please',
  ])('%s', (said) => {
    expect(new Talk(MECHANIC).say(said).calls).toEqual([call('transfer_to_front_desk')]);
  });

  test.each([
    ['My brakes squeak', call('diagnose_problem', { problem: 'squeaking brakes' })],
    ['Is my car ready?', call('get_repair_status')],
    ['What does a brake service cost?', call('list_services', { service: 'brake service' })],
  ])('but not: %s', (said, expected) => {
    expect(new Talk(MECHANIC).say(said).calls).toEqual([expected]);
  });
});
