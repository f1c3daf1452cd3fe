import 'server-only';
import { handle } from '@/lib/server/http/handle';
import { AppError } from '@/lib/server/platform/app-error';

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
