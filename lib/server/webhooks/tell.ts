// Tested in webhooks.test.
import 'server-only';
import { randomUUID } from 'node:crypto';
import { afterResponse } from '@/lib/server/platform/background';
import { getEnv } from '@/lib/server/platform/env';
import type { WebhookType } from '@/lib/server/platform/setup/webhook-variables';
import { getRedis } from '@/lib/server/store/redis';
import { fromStore } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';
import { send } from '@/lib/server/webhooks/deliver';
import { WEBHOOK_EVENTS, type WebhookData } from '@/lib/server/webhooks/events';
import type { Message } from '@/lib/server/webhooks/post';

const KEEP_CLAIM_SECONDS = 24 * 3600;

interface Event<Type extends WebhookType> {
  type: Type;
  /** What makes the event one: the same words, the same event. They become its id, so no dots and nothing about people. */
  about: string;
  data: WebhookData<Type>;
}

/** Returns whether anybody wants to hear of this kind of event. Costs nothing. */
export function isWanted(type: WebhookType): boolean {
  return getEnv().webhook?.events.has(type) === true;
}

function compose<Type extends WebhookType>({ type, about, data }: Event<Type>, atMs: number): Message {
  const body = { type, timestamp: new Date(atMs).toISOString(), data: WEBHOOK_EVENTS[type].parse(data) };
  return { id: `msg_${type.replace('.', '_')}_${about}`, body: JSON.stringify(body) };
}

function sendAfterResponse<Type extends WebhookType>(
  event: Event<Type>,
  mayGo: () => Promise<boolean>,
): void {
  const { webhook } = getEnv();
  if (!webhook || !isWanted(event.type)) return;
  const atMs = Date.now();
  afterResponse('webhook', async () => {
    const message = compose(event, atMs);
    if (await mayGo()) await send(message, webhook);
  });
}

/** Tells the owner of an event, after the response. Does nothing where no webhook is set. Never throws. */
export const tell = <Type extends WebhookType>(event: Event<Type>): void =>
  sendAfterResponse(event, async () => true);

/** What this process has told, so that it asks nobody a second time. Cleared when it grows: days pass. */
const told = new Set<string>();

/**
 * Returns whether it is for this process to tell. Whoever sends the claim twice, because the reply was lost, is told the
 * second time that it is taken: by whom, the value says.
 */
async function claim(name: string): Promise<boolean> {
  if (told.has(name)) return false;
  const [redis, key, mine] = [getRedis(), storeKeys.told(name), randomUUID()];
  const set = await fromStore(redis.set(key, mine, { nx: true, ex: KEEP_CLAIM_SECONDS }));
  const isMine = set === 'OK' || (await fromStore(redis.get(key))) === mine;
  if (told.size > 100) told.clear();
  told.add(name);
  return isMine;
}

/** The same for what would repeat: once for each `about` (which names the day), whichever process meets it first. */
export const tellOnce = <Type extends WebhookType>(event: Event<Type>): void =>
  sendAfterResponse(event, () => claim(`${event.type}:${event.about}`));
