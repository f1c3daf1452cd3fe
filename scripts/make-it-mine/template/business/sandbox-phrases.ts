/**
 * How people talk with this business, read by the offline sandbox only. The sandbox works for any tools by their names,
 * descriptions and schemas; phrases make it better. `sandbox/realtime/mind/phrasebook.ts` describes every field. A tool
 * that an agent does not have is ignored. The sandbox loads this file on its own, so it imports nothing but parts of
 * itself, from `./phrases/`.
 */

export default {
  tools: {
    leave_message: {
      examples: ['Can I leave a message?', 'Please ask someone to call me back.'],
      heard: [
        'can|could i leave a message',
        'i want to leave a message',
        'i would like to leave a message',
        'can you take a message',
        'please ask somebody|someone to call me back',
        'can somebody|someone call me back',
      ],
      asks: [
        'leave|take|send|give|pass message',
        '(can|could|ask|have|tell) somebody|someone|you|them call|ring|phone me (back)',
        'call|ring|phone me back',
        'tell|let them|somebody|someone|everybody (know) {message}',
      ],
      questions: { message: 'What shall I pass on?', name: 'And your name, please?' },
      doing: 'I will pass it on.',
    },
    end_call: { examples: ['Goodbye.'], asks: ['hang up', 'end the call', 'that is all for today'] },
  },
  synonyms: {},
  misheard: [],
};
