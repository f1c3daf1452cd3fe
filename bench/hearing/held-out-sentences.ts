import { asksFor, calls, type SaidCase, says } from './said-case.ts';

/**
 * More of what people say there, written before anything was tuned. Nothing is to be tuned on these: who does, moves
 * them to the tuning set and writes new ones.
 */
export const heldOutSentences: readonly SaidCase[] = [
  {
    said: 'What do you have free on Saturday morning?',
    means: calls('find_slots', { day: 'Saturday morning' }),
  },
  { said: 'Could I come in tomorrow afternoon?', means: calls('find_slots', { day: 'tomorrow afternoon' }) },
  { said: 'When is your next free slot?', means: calls('find_slots', { day: 'next free' }) },
  {
    said: 'Book a puncture repair on Monday at nine.',
    means: calls('book_appointment', { service: 'puncture repair', day: 'Monday', time: 'nine' }),
  },
  {
    said: 'I want to book a safety check.',
    means: asksFor('day', 'book_appointment', { service: 'safety check' }),
  },
  {
    said: 'I need a full service next Tuesday.',
    means: calls('find_slots', { day: 'next Tuesday', service: 'full service' }),
  },
  {
    said: 'Can I get my brakes checked on Wednesday at eleven?',
    means: calls('book_appointment', { service: 'brake service', day: 'Wednesday', time: 'eleven' }),
  },
  { said: 'How much is a full service?', means: calls('list_services', { service: 'full service' }) },
  { said: 'What does a bike fitting cost?', means: calls('list_services', { service: 'bike fitting' }) },
  { said: 'What kind of repairs do you do?', means: calls('list_services') },
  { said: 'Do I have any appointments?', means: calls('list_appointments') },
  { said: 'When is my next appointment?', means: calls('list_appointments') },
  { said: 'I want to cancel my booking.', means: calls('cancel_appointment') },
  {
    said: "I can't make it on Thursday, please cancel.",
    means: calls('cancel_appointment', { appointment: 'Thursday' }),
  },
  { said: 'When can I pick up my bike?', means: calls('get_repair_status') },
  { said: 'Have you finished my repair?', means: calls('get_repair_status') },
  { said: 'Can I talk to a mechanic, please?', means: calls('transfer_to_mechanic') },
  { said: 'My gears keep slipping.', means: calls('transfer_to_mechanic') },
  { said: 'Are you open on Sundays?', means: says('Closed on Sundays') },
  {
    before: ['What is free on Friday?'],
    said: 'What about Saturday?',
    means: calls('find_slots', { day: 'Saturday' }),
  },
  {
    before: ['Book a tune-up on Friday.'],
    said: 'The first one, please.',
    means: calls('book_appointment', { service: 'tune-up', day: 'Friday', time: '09:00' }),
  },
  {
    before: ['Book a safety check on Monday.'],
    said: 'Quarter past three, please.',
    means: calls('book_appointment', { service: 'safety check', day: 'Monday', time: 'quarter past three' }),
  },
  {
    before: ['I would like to book an appointment.'],
    said: 'A brake service, please.',
    means: asksFor('day', 'book_appointment', { service: 'brake service' }),
  },
  {
    before: ['Book a tune-up.'],
    said: 'On the third of December.',
    means: calls('find_slots', { day: 'the third of December', service: 'tune-up' }),
  },
  {
    before: ['Book a bike fitting on Friday at four.'],
    said: 'Then half past eleven.',
    means: calls('book_appointment', { service: 'bike fitting', day: 'Friday', time: 'half past eleven' }),
  },
  { said: 'Sorry, what did you say?', means: says('this is Robin') },
  { said: 'Who am I talking to?', means: says('I am Robin') },
  { before: ['I would like to book an appointment.'], said: 'Never mind.', means: says('I left it') },
  { said: 'Thank you very much, goodbye.', means: calls('end_call') },
  { before: ['What is free on Friday?'], said: "No, that's all, thanks.", means: says('Say goodbye') },
];

/** Off-topic speech that nothing was tuned on. */
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
