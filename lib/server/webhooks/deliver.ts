// Tested in webhooks.test, backlog.test, deliver.test, wake-up.test and stopped.test.
import 'server-only';
import { z } from 'zod';
import { runUnattended } from '@/lib/server/platform/background';
import { describeError } from '@/lib/server/platform/describe-error';
import { getEnv } from '@/lib/server/platform/env';
import { log } from '@/lib/server/platform/log';
import { createSeldomLog } from '@/lib/server/platform/log-seldom';
import { publishToOurselves, WEBHOOK_PATH } from '@/lib/server/platform/qstash';
import { type Message, postMessage, type WebhookTarget } from '@/lib/server/webhooks/post';
import {
  countDue,
  dropMessage,
  keepMessage,
  postponeMessage,
  takeMessages,
} from '@/lib/server/webhooks/queue';
import { nextAttemptMs } from '@/lib/server/webhooks/retry-times';
import { isStopped, stop } from '@/lib/server/webhooks/stopped';

/** So many are sent at once, and again until nothing is due or this time is up. */
const COUNT = 10;
const LONGEST_MS = 10_000;
/** Messages that are due within such a span are sent together. */
const SPAN_MS = 5000;

const logFailure = createSeldomLog('a webhook was not delivered');
const Body = z.object({ timestamp: z.iso.datetime() });
const firstMs = ({ body }: Message): number => Date.parse(Body.parse(JSON.parse(body)).timestamp);

/**
 * Sees to it that somebody tries again: a timer of this process, or QStash, which calls our own route, because a signature
 * that is made now would be too old then. Without either, the next sweep does.
 */
async function wakeAt(atMs: number): Promise<void> {
  const spanEndMs = Math.ceil(atMs / SPAN_MS) * SPAN_MS;
  const { site, qstash } = getEnv();
  if (!site.serverless) {
    setTimeout(() => void runUnattended('webhooks', sendDue), Math.max(0, atMs - Date.now())).unref();
  } else if (qstash && site.deliveryUrl) {
    await publishToOurselves(WEBHOOK_PATH, {}, { atMs: spanEndMs, id: `webhooks-${spanEndMs}` });
  }
}

/** Tries once. Returns when to try again, or `null` if this message is done with. */
async function attempt(message: Message, target: WebhookTarget): Promise<number | null> {
  const result = await postMessage(message, target);
  if (result.outcome === 'gone') await stop(target);
  if (result.outcome !== 'failed') return null;
  const error = result.status === null ? describeError(result.cause) : undefined;
  logFailure({ webhook: message.id, status: result.status, error });
  const againMs = nextAttemptMs(firstMs(message), Date.now(), result.waitMs);
  if (againMs === null) log().error({ webhook: message.id }, 'a webhook is given up');
  return againMs;
}

/** Sends a new message; keeps it for another attempt if that fails. Throws `store_unavailable`. */
export async function send(message: Message, target: WebhookTarget): Promise<void> {
  if (await isStopped(target)) return;
  const againMs = await attempt(message, target);
  if (againMs === null) return;
  if (await keepMessage(message, againMs)) await wakeAt(againMs);
  else log().error({ webhook: message.id }, 'a webhook is lost: too many are waiting');
}

async function sendAgain(message: Message, target: WebhookTarget): Promise<void> {
  const againMs = await attempt(message, target);
  if (againMs === null) {
    await dropMessage(message);
    return;
  }
  await postponeMessage(message, againMs);
  await wakeAt(againMs);
}

/**
 * Tries several, and throws what the first threw only when all have been tried: where no process outlives a request, its end
 * would cut off the others.
 */
async function sendAll(messages: readonly Message[], target: WebhookTarget): Promise<void> {
  const sent = await Promise.allSettled(messages.map((message) => sendAgain(message, target)));
  const failed = sent.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

/**
 * Sends what is due again, a few at a time; what is left after some seconds has somebody woken for it. Costs nothing where no
 * webhook is set, and one command while nothing is due. Throws `store_unavailable`, and what `publishToOurselves` throws.
 */
export async function sendDue(): Promise<void> {
  const { webhook } = getEnv();
  if (!webhook || (await countDue()) === 0) return;
  const endMs = performance.now() + LONGEST_MS;
  while (!(await isStopped(webhook))) {
    const messages = await takeMessages(COUNT);
    await sendAll(messages, webhook);
    if (messages.length < COUNT) return;
    if (performance.now() >= endMs) return wakeAt(Date.now() + SPAN_MS);
  }
}
