import { randomBytes } from 'node:crypto';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Random base62 text. The few surplus byte values fold onto the first letters: harmless for ids. */
export function base62(length: number): string {
  let text = '';
  for (const byte of randomBytes(length)) text += BASE62.charAt(byte % BASE62.length);
  return text;
}

type Prefix = 'event' | 'item' | 'resp' | 'conv' | 'call' | 'sess' | 'req' | 'ek';

/** An id as OpenAI writes it: `event_` and 21 letters. */
export const newId = (prefix: Prefix): string => `${prefix}_${base62(21)}`;

/** A call and its session share the suffix, as in recorded traffic. Clients must not rely on it. */
export function newCallIds(): { callId: string; sessionId: string } {
  const suffix = base62(21);
  return { callId: `rtc_u0_${suffix}`, sessionId: `sess_u0_${suffix}` };
}
