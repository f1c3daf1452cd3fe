/** How people ask about services, free times and their appointments. */
export const bookings = {
  list_services: {
    examples: ['What do you offer?', 'How much is a tune-up?'],
    heard: [
      'what do you offer',
      'what services do you have',
      'how much is a {service}',
      'how much does a {service} cost',
      'what does a {service} cost',
      'how long does a {service} take',
      'can you do a {service}',
      'can you fix a {service}',
      'what are your prices',
      'what kind of repairs do you do',
    ],
    alike: `
      How much would you charge for a tune-up? What would a full service set me back? Is a safety check expensive? What is the price of a brake
      service? Could you tell me what things cost? Do you mend punctures? Are you able to repair brakes? What can I have done at your workshop? Tell
      me about the work you do. Which jobs do you take on? How long would a tune-up take? How many hours does it take to do a full service? What is
      included in a full service? Give me a rough idea of the cost. Do you offer bike fittings? I'd like to know your rates. How much time should I
      allow for a safety check? How many minutes does a puncture take? What sort of things do you do here? What do you do for cyclists? Which kinds
      of repair can I get from you?
    `,
    asks: [
      'what (do) you offer|sell|provide',
      'what is|are price|prices|cost',
      'what kind|kinds|type|types|sort of services|repairs|work|jobs',
      'how much is|does|for|are|would',
      'how long does {} take',
      '(can|could|do) you do|offer|fix|repair|mend|service|replace {service}',
    ],
  },
  find_slots: {
    examples: ['What is free on Friday?', 'When is the next free time?'],
    heard: [
      'what is free on {day}',
      'what is free {day}',
      'what is available on {day}',
      'what is free on {day} for a {service}',
      'do you have anything on {day}',
      'are there any free slots {day}',
      'when is the next free slot',
      'when can i come in',
      'can|could i come in (on) {day}',
      'when is your next free slot|appointment',
    ],
    alike: `
      Can you fit me in this week? Could you squeeze me in somewhere? Have you got space on Monday? When would you have time for my bike? What is
      your earliest opening? Is there anything left for tomorrow? Could I drop my bike off on Wednesday? How does Thursday look? How busy are you at
      the weekend? Do you have a gap in the afternoon? Which times are still open on Tuesday? When can you have a look at it? Are you able to see me
      today? What is the next date you can offer? Would next Friday be possible? I wonder whether there is a spot on Saturday. Is the morning free?
    `,
    asks: [
      'what|when|anything|something is|are free|open|available',
      'do you have anything|something|time|times|space|room|slots|openings|appointments|availability',
      'can|could|may|shall i|we come|bring|drop (in|by|it|my) (bike) {day}',
      'next|earliest|first free|available|slot|opening|appointment|time',
    ],
    questions: { day: 'For which day?' },
  },
  book_appointment: {
    examples: ['Book a tune-up on Tuesday at ten.', 'I need a puncture repair tomorrow.'],
    heard: [
      'book a {service} on {day} at {time}',
      'book a {service} on {day}',
      'book a {service}',
      'book an appointment',
      'book an appointment on {day} at {time}',
      'i would like to book a {service} (for) {day} at {time}',
      'i would|want (like) to book a {service}',
      'can|could i get my brakes|gears|bike checked|done|fixed (on) {day} (at) {time}',
      'i need a {service} {day} at {time}',
      'i need a {service} {day}',
      'i need a {service}',
      'make an appointment',
    ],
    alike: `
      Please put me down for a tune-up on Friday. I'd like to have my brakes done on Monday at ten. Could you schedule my bike for a full service?
      Let's make it Tuesday at eleven for a safety check. I want to bring my bike in for a service. Reserve a place for me on Thursday at two. Can I
      get booked in for a fitting? My tyre is flat, please fix it tomorrow at nine. I need to get a puncture mended. Sign me up for a bike fitting
      on Wednesday. I'd like to arrange an appointment. Get me an appointment at half past ten. I'll take a full service next Monday at noon. Write
      me in for Saturday at eleven. Would you please book me in?
    `,
    asks: [
      'book|schedule|reserve|arrange (me) appointment|bike|visit|slot|service|in|something|it|that|one',
      'book|schedule|reserve|arrange {service}',
      'book|schedule|reserve|arrange {day}',
      'book|schedule|reserve|arrange {time}',
      'make|set|get|have appointment|booking|reservation',
      'need|want|like appointment|booking',
      'need|want|like|get|have {service}',
      'bring my bike in|for',
      'my {service} is|are|need|needs|keep|keeps|do|does|have|has',
      '{service} is|are broken|loose|worn|slipping|squeaking|squealing|rubbing|gone|flat',
      '(can|could) you fix|check|repair|service|sort|look (at) my {service}',
    ],
    questions: {
      service: 'Which service would you like?',
      day: 'For which day?',
      time: 'At what time?',
    },
    doing: 'A {service}, {day} at {time}.',
  },
  list_appointments: {
    examples: ['What have I booked?'],
    heard: [
      'what have i booked',
      'when is my (next) appointment|booking',
      'do i have an|any appointment|appointments|bookings',
      'what appointments do i have',
      'show me my appointments',
    ],
    alike: `
      When am I due to come in? What do I have in the diary with you? Did my booking go through? Am I booked in for anything? On which day is my
      appointment again? Remind me of my appointment. I forgot when I am supposed to come. What time was I booked for? Could you look up my
      bookings? Is my appointment still on? Have you got me down for Friday? Which day did I say I would come in? Was it the tune-up or the safety
      check that I booked? What did I book with you? I'd like to hear about my upcoming visits. Am I in your book for this week? I want to check
      what I have arranged. Please read my bookings to me. Which service did I choose? Is my name on your list? What are my plans with you?
    `,
    asks: [
      'what|which appointments|bookings do|have i',
      'what have i booked',
      'do|have i have|got appointment|booking|anything',
      'when|what is|are my|the (next) appointment|appointments|booking|bookings',
      'show|list|tell|read|see|check (me) my|all appointments|bookings',
    ],
  },
  cancel_appointment: {
    examples: ['Cancel my appointment.'],
    heard: [
      'cancel my appointment|booking',
      'i want to cancel my appointment|booking',
      'cancel my {service} on {day}',
      'cancel my {service}',
      'cancel my appointment on {day}',
      'cancel the one on {day}',
    ],
    alike: `
      I can't come to my appointment after all. I won't make it on Friday. Please call off my tune-up. Take me out of the diary. I don't need the
      appointment any longer. Something has come up, so I have to cancel. I'd like to withdraw my booking. Drop my appointment on Monday. I changed
      my mind about the service, please remove it. Delete the booking for Tuesday. I am not able to come on Thursday. I have to call the appointment
      off. I do not want the full service after all. I no longer need the brake service that I booked. My son is ill, so we are not coming. Forget
      about my puncture repair, I have done it myself. We have to pull out of our appointment. Somebody else can have my place.
    `,
    asks: [
      'delete|remove|drop|scrap (my) appointment|booking',
      'cancel (my|the|that|it) appointment|booking',
      'cancel {appointment}',
      'not need|want (my) appointment|booking',
      'not come|make (it|on|to) (my) appointment',
      'cancel',
    ],
    questions: { appointment: 'Which appointment?' },
    doing: 'I will cancel it.',
  },
};
