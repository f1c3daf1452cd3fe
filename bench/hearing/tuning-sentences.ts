import { asksFor, calls, type SaidCase, says } from './said-case.ts';

/** What people say to the front desk of the bicycle workshop. The hearing may be tuned on these. */
export const tuningSentences: readonly SaidCase[] = [
  { said: 'What is free on Friday?', means: calls('find_slots', { day: 'Friday' }) },
  {
    said: 'Book a tune-up on Friday at ten.',
    means: calls('book_appointment', { service: 'tune-up', day: 'Friday', time: 'ten' }),
  },
  { said: 'What services do you have?', means: calls('list_services') },
  { said: 'How much is a tune-up?', means: calls('list_services', { service: 'tune-up' }) },
  { said: 'Cancel my appointment.', means: calls('cancel_appointment') },
  { said: 'Is my bike ready?', means: calls('get_repair_status') },
  { said: 'What is the status of my repair?', means: calls('get_repair_status') },
  {
    before: ['What is free on Friday?'],
    said: 'Yes please.',
    means: asksFor('time', 'book_appointment', { day: 'Friday' }),
  },
  { before: ['What is free on Friday?'], said: 'No thank you.', means: says('What else can I do') },
  { said: 'Goodbye.', means: calls('end_call') },
  {
    said: 'Thursday at half past two.',
    means: asksFor('service', 'book_appointment', { day: 'Thursday', time: 'half past two' }),
  },
  {
    said: 'I would like to book a brake service.',
    means: asksFor('day', 'book_appointment', { service: 'brake service' }),
  },
  { said: 'Do you have anything on Monday morning?', means: calls('find_slots', { day: 'Monday morning' }) },
  { said: 'When are you open?', means: says('Monday to Friday') },
  { said: 'Can you fix a flat tire?', means: calls('list_services', { service: 'puncture repair' }) },
  {
    before: ['I would like to book a tune-up.'],
    said: 'Tomorrow afternoon would be great.',
    means: calls('find_slots', { day: 'tomorrow afternoon', service: 'tune-up' }),
  },
  { said: 'Show me my appointments.', means: calls('list_appointments') },
  {
    before: ['What is free on Friday?'],
    said: 'No, I meant Thursday.',
    means: calls('find_slots', { day: 'Thursday' }),
  },
  { said: 'My wheel is bent, can you true it?', means: calls('transfer_to_mechanic') },
  {
    before: ['Book a tune-up on Friday.'],
    said: 'The second one, please.',
    means: calls('book_appointment', { service: 'tune-up', day: 'Friday', time: '10:30' }),
  },
  {
    before: ['I need a full service.'],
    said: 'Next Tuesday at nine thirty.',
    means: calls('book_appointment', { service: 'full service', day: 'next Tuesday', time: 'nine thirty' }),
  },
  {
    said: 'How long does a full service take?',
    means: calls('list_services', { service: 'full service' }),
  },
  {
    said: 'Please cancel the one on Wednesday.',
    means: calls('cancel_appointment', { appointment: 'Wednesday' }),
  },
  { said: 'Are there any free slots this week?', means: calls('find_slots', { day: 'this week' }) },
  {
    said: 'I need a new chain and a gear adjustment.',
    means: asksFor('day', 'book_appointment', { service: 'tune-up' }),
  },
  { said: 'What time do you close on Saturday?', means: says('Saturday from 10') },
  {
    before: ['Book a tune-up on Friday at ten.', 'No, I meant Thursday.'],
    said: 'Yes, book it.',
    means: calls('book_appointment', { service: 'tune-up', day: 'Thursday', time: 'ten' }),
  },
  { said: 'Could you say that again?', means: says('this is Robin') },
  { said: 'What can you do?', means: says('I can') },
  { said: 'That is all, bye.', means: calls('end_call') },
];

/** What the desk must not take for a request. */
export const tuningOffTopic: readonly string[] = [
  'The weather is lovely today.',
  'My grandmother bakes wonderful bread.',
  'Have you seen the new film about space?',
  'I left my umbrella on the train.',
  'The cat is sleeping on the sofa.',
  'We should paint the kitchen yellow.',
  'Who won the football match last night?',
  'Please pass me the salt.',
  'She plays the violin in an orchestra.',
  'The capital of France is Paris.',
  'My phone battery is almost empty.',
  'There is a hole in my sock.',
  'He writes novels about the sea.',
  'Turn up the music a little.',
  'The children are building a snowman.',
];
