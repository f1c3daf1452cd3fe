import { z } from 'zod';
import { decline, defineScenario, say } from '@/evals/scenario/scenario';

export default defineScenario({
  title: 'A caller reads the card and does not allow the message, so none is left',
  caller: { voice: 'man' },
  steps: [say('Can I leave a message?'), decline('leave_message'), say('Goodbye.')],
  answers: {
    message: { asked: /pass on|what is the message/i, say: 'I need a new appointment.' },
    name: { asked: /your name/i, say: 'My name is Anna Brown.' },
  },
  expect: {
    tools: [{ tool: 'leave_message', outcome: 'denied' }],
    neverSays: [/pass your message on/i],
    stored: z.object({ messages: z.array(z.unknown()).length(0) }),
    ends: 'goodbye',
  },
});
