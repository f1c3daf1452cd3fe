import 'server-only';
import { AppError } from '@/lib/server/app-error';
import { handle } from '@/lib/server/http';

/** Whether a path cannot be decoded, such as `/api/%zz`: Next would answer it with a 500. */
export function isMalformed(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return false;
  } catch {
    return true;
  }
}

/** The answer to a request for such a path. */
export const refuseMalformedPath = handle(async () => {
  throw new AppError('bad_request', { message: 'The address of this request is malformed.' });
});
