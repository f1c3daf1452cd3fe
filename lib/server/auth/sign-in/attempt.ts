import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import { SIGN_IN_CAUSES, type SignInCause } from '@/lib/server/auth/sign-in/cause';

/** What became known during one request of a sign-in. next-auth shares one logger among all requests, so it cannot hold this. */
const attempts = new AsyncLocalStorage<{ cause: SignInCause | null }>();

/** Notes why the sign-in of the current request does not work. Returns whether that is news. */
export function noteCause(cause: SignInCause): boolean {
  const attempt = attempts.getStore();
  if (!attempt) return true;
  const isNews = attempt.cause === null;
  attempt.cause ??= cause;
  return isNews;
}

/** The places to which next-auth redirects when a sign-in does not work. Its own codes say too little there. */
const NEXT_AUTH_ERROR = /\/api\/auth\/(error|signin)(\?|$)/;

/**
 * Does the work of a sign-in, and returns its response. If it did not work, the response leads to the sign-in page, which
 * tells the visitor what it knows; the cookies of the round trip are cleared as next-auth does.
 */
export async function explainAttempt(work: () => Promise<Response>): Promise<Response> {
  const attempt: { cause: SignInCause | null } = { cause: null };
  const response = await attempts.run(attempt, work);
  const location = response.headers.get('location');
  if (attempt.cause === null || location === null || !NEXT_AUTH_ERROR.test(location)) return response;
  const { refusal } = SIGN_IN_CAUSES[attempt.cause];
  const headers = new Headers(response.headers);
  headers.set('location', `/login?${new URLSearchParams({ error: refusal })}`);
  return new Response(null, { status: response.status, headers });
}
