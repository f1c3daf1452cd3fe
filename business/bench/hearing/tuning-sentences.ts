import { asksFor, calls, type SaidCase, says } from './said-case.ts';

/** What people say to the front desk of the bicycle workshop. Recognition may be tuned on these. */
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
  // Once held out.
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

/** Speech that is not a request. */
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
