import 'server-only';
import { requireTokenUser } from '@/lib/server/auth/access-token';
import { bearerOf } from '@/lib/server/auth/bearer';
import { requireUser } from '@/lib/server/auth/require-user';
import type { User } from '@/lib/server/auth/user';
import { requireSameOrigin } from '@/lib/server/http/same-origin';

/** Where a native app puts its token on the one route whose bearer is the ticket of the call. */
const TOKEN_HEADER = 'x-parley-token';

/**
 * Who sends a request. With an access token, the person of that token: nothing sends one without being told to, so it
 * does not matter from where, and a cookie beside it does not count. Otherwise the person of the sign-in cookie, which
 * browsers send along by themselves, so only from our own pages.
 * Throws `unauthenticated`, `origin_refused` or `not_configured`.
 */
export async function requireCaller(request: Request, token = bearerOf(request.headers)): Promise<User> {
  if (token !== null) return requireTokenUser(token, request.headers);
  requireSameOrigin(request);
  return requireUser();
}

/** The same for the `sdp` route. */
export const requireCallerBesideTicket = (request: Request): Promise<User> =>
  requireCaller(request, request.headers.get(TOKEN_HEADER));
