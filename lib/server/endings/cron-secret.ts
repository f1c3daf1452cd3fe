import 'server-only';
import { createHash, timingSafeEqual } from 'node:crypto';
import { AppError } from '@/lib/server/platform/app-error';
import { getEnv } from '@/lib/server/platform/env';

const digest = (value: string) => createHash('sha256').update(value).digest();

/** Throws `unauthenticated` unless the request carries `CRON_SECRET`, and `not_configured` without that variable. */
export function requireCronSecret(request: Request): void {
  const { cronSecret } = getEnv();
  if (cronSecret === null) {
    throw new AppError('not_configured', {
      message: 'CRON_SECRET is not set, so nothing is reaped here. Set it, and send it as a bearer token.',
    });
  }
  const given = request.headers.get('authorization') ?? '';
  if (timingSafeEqual(digest(given), digest(`Bearer ${cronSecret}`))) return;
  throw new AppError('unauthenticated', { message: 'Send CRON_SECRET as a bearer token.' });
}
