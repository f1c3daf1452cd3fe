import 'server-only';
import { createHash, timingSafeEqual } from 'node:crypto';
import { AppError } from '@/lib/server/app-error';
import { getEnv } from '@/lib/server/env';

const digest = (value: string) => createHash('sha256').update(value).digest();

/** Throws `unauthenticated` unless the request carries `CRON_SECRET`; without that variable, always. */
export function requireCronSecret(request: Request): void {
  const { cronSecret } = getEnv();
  const given = request.headers.get('authorization') ?? '';
  if (cronSecret && timingSafeEqual(digest(given), digest(`Bearer ${cronSecret}`))) return;
  throw new AppError('unauthenticated', { message: 'Send CRON_SECRET as a bearer token.' });
}
