/**
 * How people talk with this business, read by the offline sandbox only. The sandbox works for any tools by their names,
 * descriptions and schemas; phrases make it better. `sandbox/realtime/mind/phrasebook.ts` describes every field. A tool
 * that an agent does not have is ignored. The sandbox loads this file on its own, so it imports nothing but parts of
 * itself, from `./phrases/`.
 */
import { bookings } from './phrases/bookings.ts';
import { repairs } from './phrases/repairs.ts';

export default {
  tools: {
    ...bookings,
    ...repairs,
    end_call: {
      examples: ['Goodbye.'],
      alike:
        'I have to go now. You can hang up. That was everything. Let us end the call here. I am off. I must dash, speak to you soon.',
      asks: ['hang up', 'end the call', 'that is all for today'],
    },
  },

  synonyms: {
    'tune-up': ['tune', 'tuning', 'gears', 'gear adjustment', 'tuneup'],
    'puncture repair': ['puncture', 'flat tyre', 'flat tire', 'flat', 'tyre', 'tire', 'inner tube', 'tube'],
    'brake service': ['brakes', 'brake', 'brake check', 'brake repair'],
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

  // The source of a regular expression, and what was said.
  misheard: [
    [
      String.raw`\b(?:tuna|tuners?|tune of|tuned up|tune a|tuna up|tunap|toon up|two nap|tomb up|tuning up)\b`,
      'tune up',
    ],
    [String.raw`\bbreak(?= (?:service|check|repair|pads?)\b)`, 'brake'],
    [String.raw`\bbreaks\b`, 'brakes'],
    [String.raw`\b(?:full surface|fool service|four service)\b`, 'full service'],
    [String.raw`\b(?:puncher|punch a|punch her|functional?) (?=repair)`, 'puncture '],
    [String.raw`\b(?:safely|save the|safe tea) check\b`, 'safety check'],
    [String.raw`\bbike (?:feeding|sitting|fittings?)\b`, 'bike fitting'],
    [String.raw`\b(?:back|by|buy|bite) ready\b`, 'bike ready'],
    [
      String.raw`^(?:look|brook|looka|booker|booka|cook|hook)(?= (?:a|an|me|my|the|appointment|tune|brake|full|puncture|safety|bike)\b)`,
      'book',
    ],
  ],
};
