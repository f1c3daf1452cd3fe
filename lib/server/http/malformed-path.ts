import 'server-only';
import { handle } from '@/lib/server/http/handle';
import { AppError } from '@/lib/server/platform/app-error';

/** Returns whether a path cannot be decoded, such as `/api/%zz`. Next would respond to it with a 500. */
export function isMalformed(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return false;
  } catch {
    return true;
  }
}

/** Responds to a request for such a path with `bad_request`. */
export const refuseMalformedPath = handle({ perMinute: 60 }, async () => {
  throw new AppError('bad_request', { message: 'The address of this request is malformed.' });
});
