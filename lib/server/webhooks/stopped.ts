// Tested in stopped.test.
import 'server-only';
import { createHash } from 'node:crypto';
import { log } from '@/lib/server/platform/log';
import { getRedis } from '@/lib/server/store/redis';
import { fromStore } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';
import type { WebhookTarget } from '@/lib/server/webhooks/post';
import { dropAllMessages } from '@/lib/server/webhooks/queue';

const KEEP_SECONDS = 30 * 24 * 3600;
/** So soon a process hears of a 410 that another one got, and that the 30 days after one are over. */
const ASK_AGAIN_MS = 10 * 60_000;

/** What was said goes for this address and these secrets: another of either begins anew. */
function nameOf({ url, keys }: WebhookTarget): string {
  const hash = createHash('sha256').update(url);
  for (const key of keys) hash.update(key);
  return hash.digest('base64url');
}

let known: { isStopped: boolean; atMs: number } | undefined;

/** Returns whether the receiver wants nothing any more. Costs one command in ten minutes. Throws `store_unavailable`. */
export async function isStopped(target: WebhookTarget): Promise<boolean> {
  const nowMs = performance.now();
  if (known && nowMs - known.atMs < ASK_AGAIN_MS) return known.isStopped;
  const stored = await fromStore(getRedis().get(storeKeys.webhookStopped));
  known = { isStopped: stored === nameOf(target), atMs: nowMs };
  return known.isStopped;
}

/** Stops for a month, or until the address or the secret is another, and says so in the log. Throws `store_unavailable`. */
export async function stop(target: WebhookTarget): Promise<void> {
  known = { isStopped: true, atMs: performance.now() };
  log().error(
    { variable: 'VOICE_WEBHOOK_URL' },
    'The receiver of the webhooks answered 410, so it gets no more of them for 30 days, or until VOICE_WEBHOOK_URL or VOICE_WEBHOOK_SECRET is changed.',
  );
  await fromStore(getRedis().set(storeKeys.webhookStopped, nameOf(target), { ex: KEEP_SECONDS }));
  await dropAllMessages();
}
