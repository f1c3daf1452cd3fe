/** What a bike has, and what may be wrong with it. */
const PARTS =
  'bike|bicycle|brake|brakes|gears|gear|wheel|wheels|chain|pedal|pedals|saddle|spoke|spokes|fork|bell|light|lights|handlebar|handlebars|derailleur';
const BEHAVES = '(is|are|do|does|keep|keeps|has|have) (keep|making|not)';
const TROUBLES =
  'squeak|squeaky|squeal|comes|coming|falls|falling|skip|slip|slipping|wobble|wobbly|creak|grind|rattle|rub|bent|buckled|broken|loose|stuck|worn|weak|noise|work|crooked|snapped|jump|jumping';

/** How people ask about a repair, describe what is wrong, and ask for the other desk. */
export const repairs = {
  get_repair_status: {
    examples: ['Is my bike ready?'],
    heard: [
      'is my bike|bicycle|repair ready|finished|done',
      'have you finished my bike|repair',
      'when can i collect|get my bike',
      'when can i pick up my bike',
      'how is my bike',
      'what is the status of my repair',
      'how far is my repair',
    ],
    alike: `
      How is it going with my bike? Is my repair done? Have you had a chance to work on my bike? When will my bike be finished? Can I come and
      collect my bike? How much longer until my bike is ready? What is happening with my repair? Is the work on my bike complete? Any news about my
      bike? Where are you with the repair? How are you getting on with my bike? Did you manage to fix my bike? May I pick it up today? Is it fixed
      yet? You have had my bike for days, why does it take so long? Should it not be ready by now?
    `,
    asks: [
      'is my|the bike|bicycle|repair ready|done|finished|fixed|repaired|complete',
      'when will|is|can my|the|it bike|bicycle|repair|be|ready|collect|pick ready|done|finished|fixed|it|up',
      'when can i collect|pick|get|fetch',
      'status of|for (my) repair|bike|bicycle|ticket',
      'how is|are my|the bike|bicycle|repair|repairs',
      'ticket {ticket}',
    ],
    questions: { ticket: 'Which ticket?' },
  },
  diagnose_problem: {
    examples: ['My brakes squeak.', 'I have a flat tyre.'],
    alike: `
      My brakes make a terrible noise. The brakes hardly slow me down. My gears jump from one to the next. The chain keeps falling off. My tyre has
      no air. The wheel is not straight any more. Something creaks when I pedal. What could be the matter with my bike? Can you tell me why it makes
      this noise?
    `,
    asks: ['my|the|a|have {problem}', 'what is wrong with {}', '{problem}'],
    questions: { problem: 'What does it do? Squeaking brakes, skipping gears, or a creaking noise?' },
  },
  transfer_to_mechanic: {
    examples: ['Can I speak to a mechanic?'],
    heard: [
      'can|could i speak|talk to a|the mechanic',
      'i want to talk to the mechanic',
      'put me through to the mechanic',
      'there is something wrong with my bike',
      'my brakes|gears|wheel|wheels|chain is|are|keep|keeps squeaking|slipping|skipping|rubbing|wobbling|bent|broken|loose',
      'my chain comes|keeps (coming) off',
    ],
    alike: `
      My bike makes a strange sound. Something is rubbing when I ride. The gears jump when I pedal. The wheel wobbles. My pedal came loose. The
      brakes do not grip any more. There is a clicking noise from the chain. The handlebar is crooked. I have a question about my bike for the
      mechanic. Can I have a word with the person who repairs the bikes? Please put somebody from the workshop on. Could an expert tell me what is
      wrong with it? Something rattles at the back wheel. The saddle keeps slipping down.
    `,
    asks: [
      `my|the {} ${BEHAVES} ${TROUBLES}`,
      'speak|talk to|with mechanic|sam|somebody|someone|person|human|expert',
      'transfer|put|connect me (through) to mechanic|sam|workshop',
      'problem|trouble|something wrong with my|the bike',
      `my|the ${PARTS} ${BEHAVES} ${TROUBLES}`,
    ],
    doing: 'I will put you through to the mechanic.',
  },
  transfer_to_front_desk: {
    examples: ['Back to the front desk, please.'],
    heard: ['back to the front desk', 'can i talk to robin', 'i want to book an appointment'],
    alike: `
      Put me through to the person who takes the bookings. Can I speak to reception again? I'd like to arrange a visit. When would you have time for
      me? I need to cancel my appointment. Which times are free on Monday? Let me book that. I meant to reach reception. I was looking for the front
      desk, not the workshop.
    `,
    asks: [
      'what|when|anything|something is|are free|available',
      'can|could|may|shall i|we come|bring|drop (in|by|it|my)',
      'back to front desk|robin',
      'speak|talk to|with front desk|robin',
      'transfer|put|connect me (through) to front desk|robin',
      'book|schedule|reserve|arrange|cancel|reschedule (a|an|my|the) (appointment|booking)',
      'need|want|make|get|have|change|move appointment|booking',
    ],
    doing: 'I will put you back to the front desk.',
  },
};
