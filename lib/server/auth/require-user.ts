import 'server-only';
import { cookies, headers } from 'next/headers';
import type { JWT } from 'next-auth/jwt';
import { readAuthToken } from '@/lib/server/auth/token';
import { type Permission, type User, userOf } from '@/lib/server/auth/user';
import { clientNetwork } from '@/lib/server/http/client-network';
import { AppError } from '@/lib/server/platform/app-error';
import { getEnv } from '@/lib/server/platform/env';

/** The person behind the request being served, for pages: `null` when nobody is signed in. */
export async function getPageUser(): Promise<User | null> {
  const token = await readAuthToken(await cookies());
  return token && userOf(token, clientNetwork(await headers()));
}

/** The person of the sign-in cookie, with its claims. Throws `unauthenticated`, or `not_configured`. */
export async function requireSignIn(): Promise<{ user: User; claims: JWT }> {
  if (!getEnv().auth.secret) throw new AppError('not_configured');
  const claims = await readAuthToken(await cookies());
  const user = claims && userOf(claims, clientNetwork(await headers()));
  if (!user) throw new AppError('unauthenticated');
  return { user, claims };
}

/** The person of the sign-in cookie, for routes. Throws `unauthenticated`, or `not_configured`. */
export const requireUser = async (): Promise<User> => (await requireSignIn()).user;

/** Throws `forbidden` unless the person has the permission. */
export function requirePermission(user: User, permission: Permission): void {
  if (!user.permissions.includes(permission)) throw new AppError('forbidden');
}

export interface SignInOption {
  /** What next-auth's `signIn()` takes. */
  id: 'github' | 'google' | 'guest';
  label: string;
}

/** The ways to sign in that are configured, for the login page. Empty: nobody can sign in yet. */
export function signInOptions(): SignInOption[] {
  const { secret, guest, github, google } = getEnv().auth;
  if (!secret) return [];
  const options: (SignInOption | false)[] = [
    github !== null && { id: 'github', label: 'Continue with GitHub' },
    google !== null && { id: 'google', label: 'Continue with Google' },
    guest && { id: 'guest', label: 'Continue as guest' },
  ];
  return options.filter((option) => option !== false);
}
