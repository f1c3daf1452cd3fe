import NextAuth from 'next-auth';
import { explainAttempt } from '@/lib/server/auth/sign-in/attempt';
import { authOptions } from '@/lib/server/auth/sign-in/options';
import { clientNetwork } from '@/lib/server/http/client-network';
import { handle } from '@/lib/server/http/handle';
import { requireForm } from '@/lib/server/http/read-body';
import { requireSameOriginForm } from '@/lib/server/http/same-origin';
import { siteOrigin } from '@/lib/server/http/site-origin';
import { limitGuestSignIn } from '@/lib/server/money/limits';
import { AppError } from '@/lib/server/platform/app-error';
import { auditSignInError, signInEvents } from './sign-in-events';

type Context = RouteContext<'/api/auth/[...nextauth]'>;

async function nextAuth(request: Request, context: Context): Promise<Response> {
  const isHttps = siteOrigin(request.headers).startsWith('https:');
  const options = authOptions(isHttps, { events: signInEvents, onError: auditSignInError });
  return explainAttempt(() => NextAuth(options)(request, context));
}

/** Sessions, tokens against forgery and the OAuth callback, all by next-auth. */
export const GET = handle<Context>({ perMinute: 60 }, async (request, context) => {
  const [action, provider] = (await context.params).nextauth;
  // Guests sign in by a form. next-auth would respond to this with its own 500.
  if (action === 'callback' && provider === 'guest') throw new AppError('not_found');
  return nextAuth(request, context);
});

/** Sign-in and sign-out, all by next-auth. */
export const POST = handle<Context>({ perMinute: 30 }, async (request, context) => {
  const [action, provider] = (await context.params).nextauth;
  // Here next-auth lets any client write into the log, and so into the audit trail.
  if (action === '_log') throw new AppError('not_found');
  requireSameOriginForm(request);
  const form = await requireForm(request);
  if (action === 'callback' && provider === 'guest') await limitGuestSignIn(clientNetwork(request.headers));
  return nextAuth(form, context);
});
