import 'server-only';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { User } from '@/lib/server/auth/user';
import { getRedis } from '@/lib/server/store/redis';
import { defineScript, fromStore, runScript } from '@/lib/server/store/run-script';

/** A public page stores no more for one visitor. */
export const MOST_MESSAGES = 10;
/** Nor for all guests of one network in 30 days: a guest who clears the cookies is a new visitor. */
export const MOST_OF_NETWORK = 30;
const KEEP_SECONDS = 30 * 24 * 3600;

const Message = z.object({ id: z.string(), text: z.string(), name: z.string(), leftAtMs: z.number() });
export type Message = z.infer<typeof Message>;

/** The owner of the messages. A tool's context and the panel both have one. */
type Owner = Pick<User, 'id'>;

/** Who leaves a message, and from which network. A tool's context is one. */
interface Visit {
  user: Owner;
  /** Of a guest; `null` for other users, and where it is unknown. */
  network: string | null;
}

/** List: the messages of one visitor as JSON, the newest first. */
const messagesKey = (userId: string) => `messages:${userId}`;
/** String: how many messages the guests of one network have left. */
const networkKey = (network: string) => `messages:network:${network}`;

/**
 * Counts, adds and renews the expiry in one step: calls at the same time cannot pass a limit together. `networks` is the
 * key of a guest's network, or empty. Returns 0 when no more messages fit.
 */
const ADD = defineScript({
  keys: ['messages', '...networks'],
  args: ['messageJson', 'most', 'mostOfNetwork', 'keepSeconds'],
  reply: z.number(),
  lua: `
if redis.call('LLEN', KEY.messages) >= tonumber(ARG.most) then return 0 end
for _, network in ipairs(KEY.networks) do
  if tonumber(redis.call('GET', network) or '0') >= tonumber(ARG.mostOfNetwork) then return 0 end
  if redis.call('INCR', network) == 1 then redis.call('EXPIRE', network, ARG.keepSeconds) end
end
redis.call('LPUSH', KEY.messages, ARG.messageJson)
redis.call('EXPIRE', KEY.messages, ARG.keepSeconds)
return 1
`,
});

/**
 * Stores a message for 30 days. Returns `false` when the visitor has left {@link MOST_MESSAGES} already, or the guests of
 * the network {@link MOST_OF_NETWORK}. This is the place to hand it on, as an e-mail or a ticket. Throws
 * `store_unavailable`.
 */
export async function addMessage({ user, network }: Visit, message: Omit<Message, 'id'>): Promise<boolean> {
  const stored: Message = { id: randomUUID(), ...message };
  const keys = { messages: messagesKey(user.id), networks: network === null ? [] : [networkKey(network)] };
  const args = {
    messageJson: JSON.stringify(stored),
    most: MOST_MESSAGES,
    mostOfNetwork: MOST_OF_NETWORK,
    keepSeconds: KEEP_SECONDS,
  };
  return (await runScript(ADD, keys, args)) === 1;
}

/** Returns a visitor's own messages, the newest first. Throws `store_unavailable`. */
export async function listMessages(owner: Owner): Promise<Message[]> {
  const stored = await fromStore(getRedis().lrange(messagesKey(owner.id), 0, MOST_MESSAGES - 1));
  return z.array(Message).parse(stored);
}

/** Deletes a visitor's own messages. Throws `store_unavailable`. */
export const eraseMessages = async (owner: Owner): Promise<void> =>
  void (await fromStore(getRedis().del(messagesKey(owner.id))));
