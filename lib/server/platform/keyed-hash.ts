import 'server-only';
import { createHmac } from 'node:crypto';
import { AppError } from '@/lib/server/platform/app-error';
import { getEnv } from '@/lib/server/platform/env';

/**
 * Returns a stable substitute for a private value, 43 characters long, which only the holder of `AUTH_SECRET` can
 * compute. The same value under another purpose gives another hash. Throws `not_configured`.
 */
export function keyedHash(purpose: string, value: string): string {
  const { secret } = getEnv().auth;
  if (!secret) throw new AppError('not_configured');
  return createHmac('sha256', secret).update(`${purpose}\n${value}`).digest('base64url');
}
