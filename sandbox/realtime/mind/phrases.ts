/**
 * How people talk with one particular business. The machinery beside this file works for any session by the names,
 * descriptions and schemas of its tools; what stands here makes it better for Northside Cycles. Add your own tools
 * and words in the same way: a tool that the session does not have is passed over.
 */
export interface ToolPhrases {
  /** What to suggest when somebody does not know what to say. */
  examples: readonly string[];
  /**
   * Ways to ask for it. `a|b` either word, `(a)` may be missing, `{day}` the value of an argument, `{}` any value.
   * Endings do not matter, and little words in between are passed over.
   */
  asks: readonly string[];
  /**
   * Whole sentences, for when the recogniser's words make no sense: the one that sounds most alike is taken.
   * `{name}` is an argument, `(word)` may be missing.
   */
  heard?: readonly string[];
  /** Questions for its arguments. Anything not named here gets a general question. */
  questions?: Readonly<Record<string, string>>;
  /** Said before an action, with the values filled in. */
  doing?: string;
}

export interface Phrasebook {
  tools: Readonly<Record<string, ToolPhrases>>;
  /** Other words for a value of an argument. */
  synonyms: Readonly<Record<string, readonly string[]>>;
  /** What the recogniser writes for words of this business. Tried before anything else. */
  misheard: readonly (readonly [RegExp, string])[];
}

export const PHRASES: Phrasebook = {
  tools: {
    list_services: {
      examples: ['What do you offer?', 'How much is a tune-up?'],
      heard: [
        'what do you offer',
        'what services do you have',
        'how much is a {service}',
        'how much does a {service} cost',
        'what are your prices',
      ],
      asks: [
        'what|which services|repairs',
        'what (do) you offer|sell|provide',
        'what (can) you repair|fix',
        'what do you do',
        'what kind|kinds|type|types|sort of services|repairs|work|jobs',
        'tell|show (me) services|prices',
        'list services|prices|repairs',
        'how much is|does|for|are|would',
        'what does {} cost',
        'what is|are price|prices|cost',
        'your services|prices|rates',
        'price|cost of|for {}',
        'how long does {} take',
        'do you do|offer {}',
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
        'when is the next free slot',
        'when can i come in',
      ],
      asks: [
        'what|when|anything|something is|are free|open|available',
        'free|available|open {day}',
        '{day} free|available',
        'do you have anything|something|time|times|space|room|slots|openings|appointments|availability',
        'have you got anything|something|time|times|space|room|slots|openings|appointments|availability',
        'any|free|open|available slots|openings|times|spaces|appointments|availability',
        'what|which times|slots do|are|have|you|can',
        'when can i|we come|bring|drop',
        'can i come|bring {day}',
        'next|earliest|first free|available|slot|opening|appointment|time',
        'fit me in',
        'squeeze me in',
        'are you free|available|busy {day}',
        'is there anything|something|time|space|room|slot {day}',
        'how does {day} look',
        'what about free {day}',
        'check availability',
        'look for time|slot|appointment',
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
        'i would like to book a {service}',
        'i need a {service} {day} at {time}',
        'i need a {service} {day}',
        'i need a {service}',
        'make an appointment',
      ],
      asks: [
        'book|schedule|reserve|arrange (me) appointment|bike|visit|slot|service|in|something|it|that|one',
        'book|schedule|reserve|arrange {service}',
        'book|schedule|reserve|arrange {day}',
        'book|schedule|reserve|arrange {time}',
        'make|set|get|have appointment|booking|reservation',
        'need|want|like appointment|booking',
        'need|want|like|get|have {service}',
        'bring my bike in|for',
        'put|sign|pencil me in|down|up',
        'take {time}',
        'come in for {service}',
        'my bike needs {service}',
        'my {service} is|are|need|needs|keep|keeps|do|does|have|has',
        '{service} is|are broken|loose|worn|slipping|squeaking|squealing|rubbing|gone|flat',
        'new appointment|booking',
        'booking for {day}',
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
        'when is my appointment',
        'do i have an appointment',
        'what appointments do i have',
      ],
      asks: [
        'what have i booked',
        'what did i book',
        'what|which appointments|bookings do|have i',
        'do|have i have|got appointment|booking|anything',
        'when|what is|are my|next appointment|appointments|booking|bookings',
        'show|list|tell|read|see|check (me) my|all appointments|bookings',
        'am i booked',
        'when am i booked|coming',
        'my appointments|bookings',
        'have i got|booked anything|something|appointment',
      ],
    },
    cancel_appointment: {
      examples: ['Cancel my appointment.'],
      heard: [
        'cancel my appointment',
        'cancel my {service} on {day}',
        'cancel my {service}',
        'cancel my appointment on {day}',
      ],
      asks: [
        'cancel (my|the|that|it) appointment|booking',
        'cancel {appointment}',
        'call off (my) appointment|booking',
        'not need (my) appointment|booking',
        'delete|remove|drop|scrap (my) appointment|booking',
        'not come|make (it|on|to) (my) appointment',
        'not come|make {day}',
        'cancel',
      ],
      questions: { appointment: 'Which appointment?' },
      doing: 'I will cancel it.',
    },
    get_repair_status: {
      examples: ['Is my bike ready?'],
      heard: [
        'is my bike ready',
        'when can i pick up my bike',
        'how is my bike',
        'what is the status of my repair',
        'how far is my repair',
      ],
      asks: [
        'is my|the bike|bicycle|repair ready|done|finished|fixed|repaired|complete',
        'is it ready|done|finished|fixed',
        'when will|is|can my|the|it bike|bicycle|repair|be|ready|collect|pick ready|done|finished|fixed|it|up',
        'when can i collect|pick|get|fetch',
        'status of|for (my) repair|bike|bicycle|ticket',
        'repair|bike|bicycle|ticket status',
        'how is|are my|the bike|bicycle|repair|repairs',
        'how far|long (is|are|with|until) (my) bike|bicycle|repair',
        'what is happening|up|going with|on (my) bike|bicycle|repair',
        'check (on) my|the bike|bicycle|repair|ticket',
        'have you fixed|repaired|finished',
        'where is my bike|bicycle',
        'can i collect|pick|fetch my|the bike|bicycle',
        'any news about|on|of my bike|bicycle|repair',
        'bike|bicycle ready',
        'ticket {ticket}',
      ],
      questions: { ticket: 'Which ticket?' },
    },
    diagnose_problem: {
      examples: ['My brakes squeak.', 'I have a flat tyre.'],
      asks: ['my|the|a|have {problem}', 'what is wrong with {}', '{problem}'],
      questions: { problem: 'What does it do? Squeaking brakes, skipping gears, or a creaking noise?' },
    },
    transfer_to_mechanic: {
      examples: ['Can I speak to a mechanic?'],
      heard: [
        'can i speak to a mechanic',
        'i want to talk to the mechanic',
        'put me through to the mechanic',
      ],
      asks: [
        'speak|talk to|with mechanic|sam',
        'transfer|put|connect me (through) to mechanic|sam|workshop',
        'ask|get|need|want a|the mechanic',
        'problem|trouble|something wrong with my|the bike',
        'my|the brakes|gears|wheel|chain squeak|squeal|skip|slip|wobble|creak',
      ],
    },
    transfer_to_front_desk: {
      examples: ['Back to the front desk, please.'],
      heard: ['back to the front desk', 'can i talk to robin', 'i want to book an appointment'],
      asks: [
        'back to front desk|robin',
        'speak|talk to|with front desk|robin',
        'transfer|put|connect me (through) to front desk|robin',
        'book|cancel a|an|my {}',
      ],
    },
    end_call: { examples: ['Goodbye.'], asks: ['hang up', 'end the call', 'that is all for today'] },
  },

  synonyms: {
    'tune-up': ['tune', 'tuning', 'gears', 'gear adjustment', 'tuneup'],
    'puncture repair': ['puncture', 'flat tyre', 'flat tire', 'flat', 'tyre', 'tire', 'inner tube', 'tube'],
    'brake service': ['brakes', 'brake', 'breaks', 'break service', 'brake check', 'brake repair'],
    'safety check': ['inspection', 'check up', 'safety inspection', 'check over', 'safety'],
    'bike fitting': ['fitting', 'bike fit', 'fitted'],
    'squeaking brakes': [
      'brakes squeak',
      'brakes are squeaking',
      'squeaky brakes',
      'squealing brakes',
      'brakes squeal',
    ],
    'weak brakes': ['brakes are weak', 'brakes do not work', 'brakes feel soft', 'soft brakes'],
    'skipping gears': ['gears skip', 'gears are skipping', 'gears slip', 'gears jump'],
    'slipping chain': ['chain slips', 'chain is slipping', 'chain comes off', 'chain falls off'],
    'flat tyre': ['flat tire', 'puncture', 'punctured tyre', 'tyre is flat'],
    'wobbling wheel': ['wheel wobbles', 'wheel is wobbling', 'wobbly wheel', 'buckled wheel'],
    'creaking noise': ['creaks', 'creaking', 'a noise', 'strange noise', 'clicking noise'],
    'full service': ['overhaul', 'complete service', 'major service', 'full'],
  },

  misheard: [
    [
      /\b(?:tuna|tuners?|tune of|tuned up|tune a|tuna up|tunap|toon up|two nap|tomb up|tuning up)\b/g,
      'tune up',
    ],
    [/\bbreaks?(?= (?:service|check|repair|pads?)\b)/g, 'brake'],
    [/\b(?:full surface|fool service|four service)\b/g, 'full service'],
    [/\b(?:puncher|punch a|punch her|functional?) (?=repair)/g, 'puncture '],
    [/\b(?:safely|save the|safe tea) check\b/g, 'safety check'],
    [/\bbike (?:feeding|sitting|fittings?)\b/g, 'bike fitting'],
    [/\b(?:back|by|buy|bite) ready\b/g, 'bike ready'],
    [
      /^(?:look|brook|looka|booker|booka|cook|hook)(?= (?:a|an|me|my|the|appointment|tune|brake|full|puncture|safety|bike)\b)/g,
      'book',
    ],
  ],
};
