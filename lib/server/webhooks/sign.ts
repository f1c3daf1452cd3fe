// Tested in webhooks.test, with the verification of the package `openai`.
import 'server-only';
import { createHmac } from 'node:crypto';

interface Unsigned {
  id: string;
  body: string;
  /** The time of this attempt: a receiver refuses what is older than some minutes. */
  nowMs: number;
}

/**
 * Returns the headers of Standard Webhooks 1.0.0 for one attempt: HMAC-SHA256 over `id.timestamp.body`, once with each
 * key. The receiver needs one of them, so a secret can be changed while both are sent.
 */
export function signedHeaders(
  { id, body, nowMs }: Unsigned,
  keys: readonly Buffer[],
): Record<string, string> {
  const timestamp = String(Math.floor(nowMs / 1000));
  const sign = (key: Buffer) =>
    `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': keys.map(sign).join(' '),
  };
}
