/** What the front desk says: our own recogniser should understand our own voice. */
export const replies = [
  'Hello, this is Robin at Northside Cycles.',
  'This is the offline sandbox. How can I help you?',
  'On Friday we have nine thirty, eleven, and half past two.',
  'A tune-up is $45 and takes about one hour.',
  'We offer a tune-up, a brake service and a full service.',
  'Shall I book a tune-up for Friday at ten?',
  'Your appointment is booked for Friday at ten.',
  'I have cancelled your appointment on Wednesday.',
  'Your bike is ready. You can pick it up today.',
  'Your repair is waiting for a new chain.',
  'We are open from nine to five, Monday to Saturday.',
  'You have no appointments.',
  'Which day would you like?',
  'I did not understand that. You can ask what is free on Friday.',
  'That time is already taken. Would eleven be all right?',
  'Thank you for calling. Goodbye.',
] as const;
