import 'server-only';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { User } from '@/lib/server/auth/user';
import { getRedis } from '@/lib/server/store/redis';
import { defineScript, fromStore, runScript } from '@/lib/server/store/run-script';

/** A public page stores no more for one visitor. */
export const MOST_MESSAGES = 10;
const KEEP_SECONDS = 30 * 24 * 3600;

const Message = z.object({ id: z.string(), text: z.string(), name: z.string(), leftAtMs: z.number() });
export type Message = z.infer<typeof Message>;

/** The owner of the messages. A tool's context and the panel both have one. */
type Owner = Pick<User, 'id'>;

/** List: the messages of one visitor as JSON, the newest first. */
const messagesKey = (userId: string) => `messages:${userId}`;

/**
 * Counts, adds and renews the expiry in one step: two calls of one visitor cannot pass the limit together.
 * Returns 0 when no more messages fit.
 */
const ADD = defineScript({
  keys: ['messages'],
  args: ['messageJson', 'most', 'keepSeconds'],
  reply: z.number(),
  lua: `
if redis.call('LLEN', KEY.messages) >= tonumber(ARG.most) then return 0 end
redis.call('LPUSH', KEY.messages, ARG.messageJson)
redis.call('EXPIRE', KEY.messages, ARG.keepSeconds)
return 1
`,
});

/**
 * Stores a message for 30 days. Returns `false` when the visitor has left {@link MOST_MESSAGES} already. This is the
 * place to hand it on, as an e-mail or a ticket. Throws `store_unavailable`.
 */
export async function addMessage(owner: Owner, message: Omit<Message, 'id'>): Promise<boolean> {
  const stored: Message = { id: randomUUID(), ...message };
  const args = { messageJson: JSON.stringify(stored), most: MOST_MESSAGES, keepSeconds: KEEP_SECONDS };
  return (await runScript(ADD, { messages: messagesKey(owner.id) }, args)) === 1;
}

/** Returns a visitor's own messages, the newest first. Throws `store_unavailable`. */
export async function listMessages(owner: Owner): Promise<Message[]> {
  const stored = await fromStore(getRedis().lrange(messagesKey(owner.id), 0, MOST_MESSAGES - 1));
  return z.array(Message).parse(stored);
}
