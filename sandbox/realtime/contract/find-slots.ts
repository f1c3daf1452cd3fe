/** The one tool of these calls, as it goes over the wire. */
export const FIND_SLOTS = {
  name: 'find_slots',
  description: 'Free times in the garage on one day. Use it whenever the user asks what is free.',
  parameters: {
    type: 'object' as const,
    properties: {
      day: { type: 'string', description: 'The day in the words of the visitor, such as "Friday".' },
    },
    required: ['day'],
    additionalProperties: false as const,
  },
};

export const INSTRUCTIONS =
  'You are Wren, at the front desk of Ash Lane Garage. Answer in English, in one or two short sentences.';
