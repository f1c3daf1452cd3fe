// Tested in webhooks.test and stopped.test.
import 'server-only';
import type { Env } from '@/lib/server/platform/env';
import { signedHeaders } from '@/lib/server/webhooks/sign';

/** Standard Webhooks gives a receiver 15 to 30 s. */
const PATIENCE_MS = 15_000;
const LONGEST_WAIT_MS = 24 * 3600 * 1000;

export type WebhookTarget = NonNullable<Env['webhook']>;

/** One message: its body is the same, to the byte, at every attempt. */
export interface Message {
  id: string;
  body: string;
}

/**
 * `gone`: the receiver wants nothing any more (410). `failed`: it is tried again, not before it asks for. Without a status
 * it gave no answer, for a cause that the owner has to know: a name, a certificate, a port.
 */
export type Attempt =
  | { outcome: 'delivered' | 'gone' }
  | { outcome: 'failed'; status: number; waitMs: number }
  | { outcome: 'failed'; status: null; waitMs: 0; cause: unknown };

/** Returns the milliseconds for which the receiver asks us to wait, by a number of seconds or a date; 0 for none. */
function readWaitMs(response: Response): number {
  const value = response.headers.get('retry-after') ?? '';
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return ms > 0 ? Math.min(ms, LONGEST_WAIT_MS) : 0;
}

/** Signs a message and posts it once. Nothing of the answer is read but its status and `Retry-After`. Never throws. */
export async function postMessage({ id, body }: Message, { url, keys }: WebhookTarget): Promise<Attempt> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Parley',
        ...signedHeaders({ id, body, nowMs: Date.now() }, keys),
      },
      body,
      // Who controls an address may not choose another for us.
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await response.body?.cancel();
    if (response.ok) return { outcome: 'delivered' };
    if (response.status === 410) return { outcome: 'gone' };
    return { outcome: 'failed', status: response.status, waitMs: readWaitMs(response) };
  } catch (cause) {
    return { outcome: 'failed', status: null, waitMs: 0, cause };
  }
}
