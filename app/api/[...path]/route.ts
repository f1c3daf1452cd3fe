import { handle } from '@/lib/server/http/handle';
import { AppError } from '@/lib/server/platform/app-error';

/** Refuses addresses of the API that do not exist like any other request, not with a page. */
const notFound = handle({ perMinute: 60 }, async () => {
  throw new AppError('not_found');
});

export { notFound as DELETE, notFound as GET, notFound as PATCH, notFound as POST, notFound as PUT };
