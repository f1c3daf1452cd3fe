// Tested in endings/exact-deadlines.test, webhooks/wake-up.test and doctor/services-of-others.test.
import 'server-only';
import { z } from 'zod';
import { AppError } from '@/lib/server/platform/app-error';
import { getEnv } from '@/lib/server/platform/env';

const TIMEOUT_MS = 3000;

/** Our routes that QStash calls. A message is signed for exactly one of them. */
export const DEADLINE_PATH = '/api/cron/deadline';
export const WEBHOOK_PATH = '/api/cron/webhook';
/** QStash did not take a message: the token is wrong, the messages of the day are used up, or it is down. */
class QstashError extends Error {
  override readonly name = 'QstashError';
  readonly status: number;

  constructor(status: number) {
    super(`QStash returned ${status}.`);
    this.status = status;
  }
}

type OurPath = typeof DEADLINE_PATH | typeof WEBHOOK_PATH;

/** Returns the address of a route of ours, or `null` if QStash or the site's own address is not configured. */
export function deliveryUrl(path: OurPath): string | null {
  const { qstash, site } = getEnv();
  return qstash && site.deliveryUrl ? `${new URL(site.deliveryUrl).origin}${path}` : null;
}

/**
 * Asks Upstash QStash to post `message` to a route of ours at a time, to the second and never early; once for each `id`.
 * `POST /v2/publish/{destination}` with `Upstash-Not-Before` in Unix seconds. Throws if QStash does not accept it.
 */
export async function publishToOurselves(
  path: OurPath,
  message: object,
  { atMs, id }: { atMs: number; id: string },
): Promise<void> {
  const { qstash } = getEnv();
  const url = deliveryUrl(path);
  if (!qstash || !url) throw new AppError('not_configured');
  const response = await fetch(`${qstash.url}/v2/publish/${url}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${qstash.token}`,
      'content-type': 'application/json',
      'upstash-not-before': String(Math.ceil(atMs / 1000)),
      'upstash-deduplication-id': id,
    },
    body: JSON.stringify(message),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  await response.body?.cancel();
  if (!response.ok) throw new QstashError(response.status);
}

const SigningKeys = z.object({ current: z.string(), next: z.string() });

/**
 * Returns the key with which QStash signs its messages to this account: `GET /v2/keys`, which is free. `null`: it refuses the
 * token, or there is none. Throws if it does not answer.
 */
export async function fetchSigningKey(): Promise<string | null> {
  const { qstash } = getEnv();
  if (!qstash) return null;
  const response = await fetch(`${qstash.url}/v2/keys`, {
    headers: { authorization: `Bearer ${qstash.token}` },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.ok) return SigningKeys.parse(await response.json()).current;
  await response.body?.cancel();
  if ([401, 403].includes(response.status)) return null;
  throw new Error(`QStash returned ${response.status}.`);
}
