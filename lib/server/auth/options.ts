import 'server-only';
import { randomUUID } from 'node:crypto';
import type { AuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import GithubProvider from 'next-auth/providers/github';
import GoogleProvider from 'next-auth/providers/google';
import { authCookies } from '@/lib/server/auth/cookies';
import { auditAuthError, authEvents } from '@/lib/server/auth/events';
import { SIGN_IN_SECONDS } from '@/lib/server/auth/token';
import { type Permission, permissionsOf, type Role, roleOf, userIdOf } from '@/lib/server/auth/user';
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

declare module 'next-auth/jwt' {
  interface JWT {
    role?: Role;
    permissions?: readonly Permission[];
  }
}

/** Every visitor who continues as a guest is a new person. */
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
  /** At sign-in the token is written anew, with nothing of the provider's profile but the name. */
  async jwt({ token, account, profile }) {
    if (!account) return token;
    const id = userIdOf(account);
    const email = await verifiedEmail(account, profile);
    const role = roleOf(id, email);
    return {
      id,
      name: token.name?.slice(0, 80),
      verifiedEmail: email,
      role,
      permissions: permissionsOf(role),
      signedInAtSeconds: Math.floor(Date.now() / 1000),
    };
  },
  session({ session, token }) {
    const id = token.id ?? '';
    const role = roleOf(id, token.verifiedEmail ?? null);
    return { ...session, user: { id, name: token.name ?? 'Guest', role, permissions: permissionsOf(role) } };
  },
};

/** next-auth's settings. Throws `not_configured` without `AUTH_SECRET`: sign-in stays closed. */
export function authOptions(isHttps: boolean): AuthOptions {
  const { secret } = getEnv().auth;
  if (!secret) throw new AppError('not_configured');
  return {
    secret,
    providers: providers(),
    callbacks,
    events: authEvents,
    cookies: authCookies(isHttps),
    session: { strategy: 'jwt', maxAge: SIGN_IN_SECONDS },
    pages: { signIn: '/login', error: '/login' },
    // The details may hold tokens and profiles.
    logger: {
      error: (code, details) => {
        log().warn(
          { code, error: describeError('error' in details ? details.error : details) },
          'sign-in failed',
        );
        auditAuthError(code);
      },
      warn: (code) => log().debug({ code }, 'sign-in warning'),
      debug: () => {},
    },
  };
}
