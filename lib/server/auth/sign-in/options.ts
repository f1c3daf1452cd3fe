// Tested in e2e/sign-in, e2e/call/access.spec and route-guards.test.
import 'server-only';
import type { AuthOptions } from 'next-auth';
import { authCookies } from '@/lib/server/auth/cookies';
import { vouch } from '@/lib/server/auth/membership/vouch';
import { listProviders } from '@/lib/server/auth/providers/list';
import { noteCause } from '@/lib/server/auth/sign-in/attempt';
import { readSignInCause, SIGN_IN_CAUSES, type SignInCause } from '@/lib/server/auth/sign-in/cause';
import {
  decideRole,
  isLetIn,
  listPermissions,
  type Permission,
  type Role,
  toUserId,
  vouchedIn,
} from '@/lib/server/auth/user';
import { AppError } from '@/lib/server/platform/app-error';
import { describeError } from '@/lib/server/platform/describe-error';
import { getEnv } from '@/lib/server/platform/env';
import { log } from '@/lib/server/platform/log';

declare module 'next-auth' {
  interface Session {
    user: { id: string; name: string; role: Role; permissions: readonly Permission[] };
  }
}

interface SignInObserver {
  events: NonNullable<AuthOptions['events']>;
  /** Called with a code, next-auth's own or `REFUSED`, and the cause if it kept someone out. */
  onError: (code: string, cause: SignInCause | null) => void;
}

const callbacks = (onError: SignInObserver['onError']): AuthOptions['callbacks'] => ({
  /** Returns false for an account that the owner's list does not let in. The sign-in page then says why. */
  async signIn({ account, profile }) {
    if (!account) return false;
    const word = await vouch(account, profile);
    if (isLetIn(decideRole(toUserId(account), word), word)) {
      if (word.doubt) log().warn({ provider: account.provider, cause: word.doubt }, 'signed in with a doubt');
      return true;
    }
    const cause = word.doubt ?? 'not_on_list';
    noteCause(cause);
    log().warn({ provider: account.provider, cause, note: SIGN_IN_CAUSES[cause].note }, 'sign-in refused');
    onError('REFUSED', cause);
    return false;
  },
  /** Replaces the token at sign-in: of the provider's profile, only the name and what it vouches for are kept. */
  async jwt({ token, account, profile }) {
    if (!account) return token;
    const { verifiedEmail, memberships } = await vouch(account, profile);
    return {
      id: toUserId(account),
      name: token.name?.slice(0, 80),
      verifiedEmail,
      memberships,
      signedInAtSeconds: Math.floor(Date.now() / 1000),
    };
  },
  session({ session, token }) {
    const id = token.id ?? '';
    const role = decideRole(id, vouchedIn(token));
    return {
      ...session,
      user: { id, name: token.name ?? 'Guest', role, permissions: listPermissions(role) },
    };
  },
});

/** Those of next-auth's errors that keep a visitor out. The others are about cookies and sessions. */
const IS_ABOUT_SIGN_IN = /SIGNIN|CALLBACK|OAUTH/;

/**
 * Returns next-auth's settings. What else happens at a sign-in or sign-out is up to the route.
 * Throws `not_configured` without `AUTH_SECRET`: sign-in stays closed.
 */
export function authOptions(isHttps: boolean, { events, onError }: SignInObserver): AuthOptions {
  const { secret, signInSeconds } = getEnv().auth;
  if (!secret) throw new AppError('not_configured');
  return {
    secret,
    providers: listProviders(),
    callbacks: callbacks(onError),
    events,
    cookies: authCookies(isHttps),
    session: { strategy: 'jwt', maxAge: signInSeconds },
    pages: { signIn: '/login', error: '/login' },
    // The details may hold tokens and profiles.
    logger: {
      error: (code, details) => {
        const error = 'error' in details ? details.error : details;
        const cause = IS_ABOUT_SIGN_IN.test(code) ? readSignInCause(error) : null;
        // Of one failure next-auth reports two or three errors, the first of which knows most.
        if (cause !== null && !noteCause(cause)) return;
        const note = cause && SIGN_IN_CAUSES[cause].note;
        log().warn(
          { code, ...(cause ? { cause, note } : {}), error: describeError(error) },
          'sign-in failed',
        );
        onError(code, cause);
      },
      warn: (code) => log().debug({ code }, 'sign-in warning'),
      debug: () => {},
    },
  };
}
