import { AppError } from '@/lib/server/app-error';
import { handle } from '@/lib/server/http';

/** Addresses of the API that do not exist are refused like everything else, not with a page. */
const notFound = handle(async () => {
  throw new AppError('not_found');
});

export { notFound as DELETE, notFound as GET, notFound as PATCH, notFound as POST, notFound as PUT };
