import 'server-only';
import { cookies, headers } from 'next/headers';
import type { JWT } from 'next-auth/jwt';
import { readAuthToken } from '@/lib/server/auth/token';
import { type Permission, toUser, type User } from '@/lib/server/auth/user';
import { clientNetwork } from '@/lib/server/http/client-network';
import { AppError } from '@/lib/server/platform/app-error';
import { getEnv } from '@/lib/server/platform/env';

/** Returns the user of the current request, for pages. `null`: not signed in. */
export async function getPageUser(): Promise<User | null> {
  const token = await readAuthToken(await cookies());
  return token && toUser(token, clientNetwork(await headers()));
}

/** Returns whether a page is visited with a valid sign-in of someone who may no longer sign in. */
export async function isTurnedAway(): Promise<boolean> {
  const token = await readAuthToken(await cookies());
  return token !== null && toUser(token, null) === null;
}

/** Returns the user of the sign-in cookie, with its claims. Throws `unauthenticated` or `not_configured`. */
export async function requireSignIn(): Promise<{ user: User; claims: JWT }> {
  if (!getEnv().auth.secret) throw new AppError('not_configured');
  const claims = await readAuthToken(await cookies());
  const user = claims && toUser(claims, clientNetwork(await headers()));
  if (!user) throw new AppError('unauthenticated');
  return { user, claims };
}

/** Returns the user of the sign-in cookie, for routes. Throws `unauthenticated` or `not_configured`. */
export const requireUser = async (): Promise<User> => (await requireSignIn()).user;

/** Throws `forbidden` unless the user has the permission. */
export function requirePermission(user: User, permission: Permission): void {
  if (!user.permissions.includes(permission)) throw new AppError('forbidden');
}
