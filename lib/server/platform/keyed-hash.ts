import 'server-only';
import { createHmac } from 'node:crypto';
import { AppError } from '@/lib/server/platform/app-error';
import { getEnv } from '@/lib/server/platform/env';

/**
 * A stable stand-in for something private, which only the holder of `AUTH_SECRET` can compute: 43 characters.
 * The same value under another purpose gives another hash.
 */
export function keyedHash(purpose: string, value: string): string {
  const { secret } = getEnv().auth;
  if (!secret) throw new AppError('not_configured');
  return createHmac('sha256', secret).update(`${purpose}\n${value}`).digest('base64url');
}
