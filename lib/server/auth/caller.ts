// Tested in access-token.test and route-guards.test.
import 'server-only';
import { requireTokenUser } from '@/lib/server/auth/access-token';
import { requireUser } from '@/lib/server/auth/require-user';
import type { User } from '@/lib/server/auth/user';
import { readBearer } from '@/lib/server/http/bearer';
import { requireSameOrigin } from '@/lib/server/http/same-origin';

/** Where a native app puts its token on the one route whose bearer is the ticket of the call. */
const TOKEN_HEADER = 'x-parley-token';

/**
 * Returns the user who sends a request. An access token names its user: a client sends one on purpose, so the origin
 * does not matter, and a cookie beside it is ignored. Otherwise the sign-in cookie names the user. Browsers attach it
 * on their own, so it counts on our own pages only.
 * Throws `unauthenticated`, `origin_refused` or `not_configured`.
 */
export async function requireCaller(request: Request, token = readBearer(request.headers)): Promise<User> {
  if (token !== null) return requireTokenUser(token, request.headers);
  requireSameOrigin(request);
  return requireUser();
}

/** The same for the `sdp` route, whose bearer is the ticket. */
export const requireCallerBesideTicket = (request: Request): Promise<User> =>
  requireCaller(request, request.headers.get(TOKEN_HEADER));
