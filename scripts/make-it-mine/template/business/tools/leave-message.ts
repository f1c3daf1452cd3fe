import 'server-only';
import { z } from 'zod';
import { addMessage, listMessages, MOST_MESSAGES } from '@/business/messages/messages';
import { defineTool } from '@/lib/server/agents/define-tool';
import { fail, ok } from '@/lib/server/agents/outcome';

const FULL = fail(
  'too_many_messages',
  'We have many messages from you or your network already, and will answer those first. I cannot take another one now.',
);

export const leaveMessage = defineTool({
  name: 'leave_message',
  title: 'Leave a message',
  description:
    'Leaves a message for the team. Use it when the visitor wants to be called back, or wants something that no other tool does. The visitor allows it on the screen first.',
  input: z.strictObject({
    message: z.string().trim().min(1).max(500).describe("What to pass on, in the visitor's own words."),
    name: z.string().trim().min(1).max(80).describe('The name of the visitor, as they gave it.'),
  }),
  needsApproval: true,
  changesData: true,
  async preview({ message, name }, { user }) {
    const messages = await listMessages(user);
    if (messages.length >= MOST_MESSAGES) return FULL;
    return {
      ok: true,
      lines: [
        { label: 'Message', value: message },
        { label: 'From', value: name },
      ],
    };
  },
  async run({ message, name }, context) {
    const added = await addMessage(context, { text: message, name, leftAtMs: context.now.getTime() });
    return added ? ok(`Thank you, ${name}. I will pass your message on.`, { message, name }) : FULL;
  },
});
