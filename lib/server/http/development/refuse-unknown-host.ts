// Tested in known-host.test.
import 'server-only';
import { handle } from '@/lib/server/http/handle';
import { AppError } from '@/lib/server/platform/app-error';

/** Refuses a visit under a name that this development server was not given. `handle` says which name, as for a route. */
export const refuseUnknownHost = handle({ perMinute: 180 }, async () => {
  throw new AppError('origin_refused');
});
