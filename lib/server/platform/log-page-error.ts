import 'server-only';
import { describeError } from '@/lib/server/platform/describe-error';
import { log } from '@/lib/server/platform/log';

/** Logs what broke a page, with the digest by which the visitor's error page refers to it. */
export function logPageError(error: unknown, method: string, route: string): void {
  const digest = error instanceof Error && 'digest' in error ? error.digest : undefined;
  log().error({ digest, method, route, error: describeError(error) }, 'page failed');
}
