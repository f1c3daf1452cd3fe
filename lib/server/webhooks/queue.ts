// Tested in webhooks.test and stopped.test.
import 'server-only';
import { z } from 'zod';
import { getRedis } from '@/lib/server/store/redis';
import { defineScript, fromStore, runScript } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';
import { takeDue } from '@/lib/server/store/take-due';
import type { Message } from '@/lib/server/webhooks/post';
import { KEEP_MESSAGE_SECONDS } from '@/lib/server/webhooks/retry-times';

/** A receiver that is down for days fills no database: more than these are not kept. */
const MOST_MESSAGES = 1000;
/** Longer than an attempt takes. */
const LEASE_MS = 30_000;

const toMember = ({ id, body }: Message): string => `${id} ${body}`;

function toMessage(member: string): Message {
  const end = member.indexOf(' ');
  return { id: member.slice(0, end), body: member.slice(end + 1) };
}

/** Returns 1, or 0 if the queue is full. */
const KEEP = defineScript({
  keys: ['queue'],
  args: ['atMs', 'member', 'most', 'keepSeconds'],
  reply: z.number(),
  lua: `
if redis.call('ZCARD', KEY.queue) >= tonumber(ARG.most) then return 0 end
redis.call('ZADD', KEY.queue, ARG.atMs, ARG.member)
redis.call('EXPIRE', KEY.queue, ARG.keepSeconds)
return 1
`,
});

/** Keeps a message for an attempt at a time. Returns false if too many are kept already. Throws `store_unavailable`. */
export async function keepMessage(message: Message, atMs: number): Promise<boolean> {
  const args = { atMs, member: toMember(message), most: MOST_MESSAGES, keepSeconds: KEEP_MESSAGE_SECONDS };
  return (await runScript(KEEP, { queue: storeKeys.webhooks }, args)) === 1;
}

/** Returns how many messages are due: one command. Throws `store_unavailable`. */
export const countDue = (): Promise<number> =>
  fromStore(getRedis().zcount(storeKeys.webhooks, '-inf', Date.now()));

/** Returns how many messages wait for another attempt: one command. Throws `store_unavailable`. */
export const countWaiting = (): Promise<number> => fromStore(getRedis().zcard(storeKeys.webhooks));

/** Takes at most `count` messages that are due, for this process to send. Throws `store_unavailable`. */
export const takeMessages = async (count: number): Promise<Message[]> =>
  (await takeDue(storeKeys.webhooks, count, LEASE_MS)).map(toMessage);

/** Moves a message that was taken to its next attempt. Throws `store_unavailable`. */
export const postponeMessage = (message: Message, atMs: number): Promise<unknown> =>
  fromStore(getRedis().zadd(storeKeys.webhooks, { xx: true }, { score: atMs, member: toMember(message) }));

/** Throws `store_unavailable`. */
export const dropMessage = (message: Message): Promise<unknown> =>
  fromStore(getRedis().zrem(storeKeys.webhooks, toMember(message)));

/** Throws `store_unavailable`. */
export const dropAllMessages = (): Promise<unknown> => fromStore(getRedis().del(storeKeys.webhooks));

/** Deletes what waits and names the user: `name` is their keyed hash. Throws `store_unavailable`. */
export async function dropMessagesAbout(name: string): Promise<void> {
  const members = await fromStore(getRedis().zrange<string[]>(storeKeys.webhooks, 0, -1));
  const about = members.filter((member) => member.includes(`"user":"${name}"`));
  if (about.length > 0) await fromStore(getRedis().zrem(storeKeys.webhooks, ...about));
}
