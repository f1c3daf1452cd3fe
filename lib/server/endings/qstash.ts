import 'server-only';
import { AppError } from '@/lib/server/platform/app-error';
import { getEnv } from '@/lib/server/platform/env';
import type { CallId } from '@/lib/shared/ids';

const TIMEOUT_MS = 3000;

/** Where QStash delivers deadlines: signed for exactly this address. */
export const DEADLINE_PATH = '/api/cron/deadline';

/** Returns the address of the receiving route, or `null` if QStash or the site's own address is not configured. */
export function deadlineUrl(): string | null {
  const { qstash, site } = getEnv();
  return qstash && site.deliveryUrl ? `${new URL(site.deliveryUrl).origin}${DEADLINE_PATH}` : null;
}

/**
 * Asks Upstash QStash to post `{ callId }` to our route at a time, to the second and never early.
 * `POST /v2/publish/{destination}` with `Upstash-Not-Before` in Unix seconds. Throws if QStash does not accept it.
 */
export async function publishDeadline(callId: CallId, deadlineMs: number): Promise<void> {
  const { qstash } = getEnv();
  const url = deadlineUrl();
  if (!qstash || !url) throw new AppError('not_configured');
  const response = await fetch(`${qstash.url}/v2/publish/${url}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${qstash.token}`,
      'content-type': 'application/json',
      'upstash-not-before': String(Math.ceil(deadlineMs / 1000)),
      'upstash-deduplication-id': `${callId}-${deadlineMs}`,
    },
    body: JSON.stringify({ callId }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`QStash returned ${response.status}.`);
}
