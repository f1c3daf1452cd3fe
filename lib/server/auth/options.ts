// Tested in e2e/call/access.spec and route-guards.test.
import 'server-only';
import { randomUUID } from 'node:crypto';
import type { AuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import GithubProvider from 'next-auth/providers/github';
import GoogleProvider from 'next-auth/providers/google';
import { authCookies } from '@/lib/server/auth/cookies';
import { SIGN_IN_SECONDS } from '@/lib/server/auth/token';
import {
  decideRole,
  isLetIn,
  listPermissions,
  type Permission,
  type Role,
  toUserId,
} from '@/lib/server/auth/user';
import { verifiedEmail } from '@/lib/server/auth/verified-email';
import { AppError } from '@/lib/server/platform/app-error';
import { describeError } from '@/lib/server/platform/describe-error';
import { getEnv } from '@/lib/server/platform/env';
import { log } from '@/lib/server/platform/log';

declare module 'next-auth' {
  interface Session {
    user: { id: string; name: string; role: Role; permissions: readonly Permission[] };
  }
}

/** Each sign-in as a guest is a new user. */
const guestProvider = () =>
  CredentialsProvider({
    id: 'guest',
    name: 'Guest',
    credentials: {},
    authorize: () => ({ id: randomUUID(), name: 'Guest' }),
  });

function providers(): AuthOptions['providers'] {
  const { guest, github, google } = getEnv().auth;
  return [
    ...(guest ? [guestProvider()] : []),
    ...(github ? [GithubProvider({ clientId: github.id, clientSecret: github.secret })] : []),
    ...(google ? [GoogleProvider({ clientId: google.id, clientSecret: google.secret })] : []),
  ];
}

const callbacks: AuthOptions['callbacks'] = {
  /** Returns false for an account that the owner's list does not let in: next-auth then shows `AccessDenied` on the sign-in page. */
  async signIn({ account, profile }) {
    if (!account) return false;
    const email = await verifiedEmail(account, profile);
    if (isLetIn(decideRole(toUserId(account), email), email)) return true;
    log().warn({ provider: account.provider }, 'sign-in refused: the account is not on the allow-list');
    return false;
  },
  /** Replaces the token at sign-in: of the provider's profile, only the name is kept. */
  async jwt({ token, account, profile }) {
    if (!account) return token;
    return {
      id: toUserId(account),
      name: token.name?.slice(0, 80),
      verifiedEmail: await verifiedEmail(account, profile),
      signedInAtSeconds: Math.floor(Date.now() / 1000),
    };
  },
  session({ session, token }) {
    const id = token.id ?? '';
    const role = decideRole(id, token.verifiedEmail ?? null);
    return {
      ...session,
      user: { id, name: token.name ?? 'Guest', role, permissions: listPermissions(role) },
    };
  },
};

interface SignInObserver {
  events: NonNullable<AuthOptions['events']>;
  /** Called with next-auth's own code of an error, such as `OAUTH_CALLBACK_ERROR`. */
  onError: (code: string) => void;
}

/**
 * Returns next-auth's settings. What else happens at a sign-in or sign-out is up to the route.
 * Throws `not_configured` without `AUTH_SECRET`: sign-in stays closed.
 */
export function authOptions(isHttps: boolean, { events, onError }: SignInObserver): AuthOptions {
  const { secret } = getEnv().auth;
  if (!secret) throw new AppError('not_configured');
  return {
    secret,
    providers: providers(),
    callbacks,
    events,
    cookies: authCookies(isHttps),
    session: { strategy: 'jwt', maxAge: SIGN_IN_SECONDS },
    pages: { signIn: '/login', error: '/login' },
    // The details may hold tokens and profiles.
    logger: {
      error: (code, details) => {
        const error = describeError('error' in details ? details.error : details);
        log().warn({ code, error }, 'sign-in failed');
        onError(code);
      },
      warn: (code) => log().debug({ code }, 'sign-in warning'),
      debug: () => {},
    },
  };
}
