import { asksFor, calls, type SaidCase, says } from './said-case.ts';

/**
 * More of what people say there, written before the results of the first held-out set were known. Do not tune on these:
 * a sentence that was tuned on moves to the tuning set, and a new one takes its place.
 */
export const heldOutSentences: readonly SaidCase[] = [
  { said: 'What times do you have on Thursday?', means: calls('find_slots', { day: 'Thursday' }) },
  { said: 'Is anything free tomorrow morning?', means: calls('find_slots', { day: 'tomorrow morning' }) },
  {
    said: 'Do you have a slot for a brake service on Monday?',
    means: calls('find_slots', { day: 'Monday', service: 'brake service' }),
  },
  {
    said: 'Book a safety check on Wednesday at two.',
    means: calls('book_appointment', { service: 'safety check', day: 'Wednesday', time: 'two' }),
  },
  {
    said: "I'd like a tune-up next Monday at half past nine.",
    means: calls('book_appointment', { service: 'tune-up', day: 'next Monday', time: 'half past nine' }),
  },
  { said: 'I would like to make an appointment.', means: asksFor('service', 'book_appointment') },
  {
    said: 'My tire is flat, can I come in on Friday?',
    means: calls('find_slots', { day: 'Friday', service: 'puncture repair' }),
  },
  { said: 'What are your prices?', means: calls('list_services') },
  { said: 'How much does a safety check cost?', means: calls('list_services', { service: 'safety check' }) },
  {
    said: 'How long does a brake service take?',
    means: calls('list_services', { service: 'brake service' }),
  },
  { said: 'Which repairs do you offer?', means: calls('list_services') },
  { said: 'What appointments do I have?', means: calls('list_appointments') },
  { said: 'Have I got anything booked?', means: calls('list_appointments') },
  {
    said: 'Please cancel my tune-up on Tuesday.',
    means: calls('cancel_appointment', { appointment: 'tune-up on Tuesday' }),
  },
  { said: 'Cancel the appointment, please.', means: calls('cancel_appointment') },
  { said: 'Is my bicycle finished yet?', means: calls('get_repair_status') },
  { said: 'How far is my repair?', means: calls('get_repair_status') },
  { said: 'Could I speak to the mechanic?', means: calls('transfer_to_mechanic') },
  { said: 'My brakes are squeaking.', means: calls('transfer_to_mechanic') },
  { said: 'What are your opening hours?', means: says('Monday to Friday') },
  {
    before: ['Book a full service on Tuesday.'],
    said: 'At eleven, please.',
    means: calls('book_appointment', { service: 'full service', day: 'Tuesday', time: 'eleven' }),
  },
  {
    before: ['What is free on Friday?'],
    said: 'And on Monday afternoon?',
    means: calls('find_slots', { day: 'Monday afternoon' }),
  },
  {
    before: ['I would like to book an appointment.', 'A tune-up.'],
    said: 'Next Wednesday.',
    means: calls('find_slots', { day: 'next Wednesday', service: 'tune-up' }),
  },
  {
    before: ['Book a safety check on Friday.'],
    said: 'The last one.',
    means: calls('book_appointment', { service: 'safety check', day: 'Friday', time: '14:00' }),
  },
  { said: 'Thanks, that is all for today.', means: says('Say goodbye') },
];

/** Off-topic speech, never tuned on. */
export const heldOutOffTopic: readonly string[] = [
  'I think the soup needs more pepper.',
  'Our neighbours are having a party tonight.',
  'Did you remember to feed the fish?',
  'The museum was closed for the holidays.',
  'He always forgets his glasses.',
  'It takes three hours to fly to Athens.',
  'My brother works at the hospital.',
  'Which colour do you prefer for the curtains?',
  'The river is very high after the rain.',
  'I would rather have tea than coffee.',
  'Someone is knocking at the window.',
  'You can see the mountains from here.',
  'The teacher gave us too much homework.',
  'That was the best concert of the year.',
  'Put the books back on the shelf.',
];
