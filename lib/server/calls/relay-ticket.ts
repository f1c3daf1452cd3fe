import 'server-only';
import { randomBytes } from 'node:crypto';
import { bearerOf } from '@/lib/server/auth/bearer';
import { AppError } from '@/lib/server/platform/app-error';
import { getEnv } from '@/lib/server/platform/env';
import { keyedHash } from '@/lib/server/platform/keyed-hash';
import type { CallTicket } from '@/lib/shared/contract';
import type { CallId, UserId } from '@/lib/shared/ids';

/** The Agents SDK takes nothing that begins otherwise for a secret that a browser may hold. */
const PREFIX = 'ek_';

/** What is stored of a ticket: it stands for this ticket, of this call, of this person, and for nothing else. */
export const hashRelayTicket = (callId: CallId, userId: UserId, ticket: string): string =>
  keyedHash('relay-ticket', `${callId}\n${userId}\n${ticket}`);

/** A fresh one-use ticket: the browser holds it where a direct call holds the provider's secret. */
export function createRelayTicket(callId: CallId, userId: UserId): { value: string; hash: string } {
  const value = `${PREFIX}${randomBytes(32).toString('base64url')}`;
  return { value, hash: hashRelayTicket(callId, userId, value) };
}

/** The ticket as the browser gets it. */
export const asSecret = (value: string, nowMs: number): CallTicket['secret'] => ({
  value,
  expiresAt: new Date(nowMs + getEnv().realtime.clientSecretTtlSeconds * 1000).toISOString(),
});

/** The ticket of a request, as the Agents SDK sends it: the bearer. Throws `ticket_refused` without one. */
export function requireRelayTicket(request: Request): string {
  const bearer = bearerOf(request.headers);
  if (bearer?.startsWith(PREFIX)) return bearer;
  throw new AppError('ticket_refused', { message: 'Send the secret of the call as bearer.' });
}
