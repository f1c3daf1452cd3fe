import { z } from 'zod';
import { allow, defineScenario, say } from '@/evals/scenario/scenario';

export default defineScenario({
  title: 'A caller leaves a message, and is asked for what is missing',
  steps: [say('I would like to leave a message.'), allow('leave_message'), say('Thank you, goodbye.')],
  answers: {
    message: { asked: /pass on|what is the message/i, say: 'I will be ten minutes late.' },
    name: { asked: /your name/i, say: 'My name is Anna Brown.' },
  },
  expect: {
    tools: [{ tool: 'leave_message', with: { message: /late/i, name: /anna/i }, approved: true }],
    says: [/pass your message on/i],
    neverSays: [/\bI guarantee\b/i],
    stored: z.object({ messages: z.array(z.object({ text: z.string(), name: z.string() })).length(1) }),
    ends: 'goodbye',
  },
});
