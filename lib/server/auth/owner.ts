import 'server-only';
import { requirePermission, requireUser } from '@/lib/server/auth/require-user';
import type { Role, User } from '@/lib/server/auth/user';
import { requireSameOrigin } from '@/lib/server/http/same-origin';
import { AppError } from '@/lib/server/platform/app-error';
import { getEnv } from '@/lib/server/platform/env';

/**
 * Returns whether this role may read why the provider refused: administrators, and everybody where the site is only
 * tried out, in development and with the sandbox.
 */
export const mayReadCauses = (role: Role): boolean => role === 'admin' || !getEnv().deployed;

/**
 * Returns whether this role may read the setup page: everybody while the site lacks something and takes no calls, because
 * its owner may have no way to sign in yet. Of a site that works, it would tell strangers its weak points and its budget.
 */
export const mayReadSetup = (role: Role): boolean => getEnv().missing.length > 0 || mayReadCauses(role);

/** Returns whether the settings name an administrator, and a provider by which one can sign in. */
export function canHaveAdministrators(): boolean {
  const { adminEmails, adminMemberships, github, google, oidc } = getEnv().auth;
  const isNamed = adminEmails.length + adminMemberships.length > 0;
  return isNamed && [github, google, oidc].some((provider) => provider !== null);
}

/** Returns a handler for `.catch()` that lets a refusal say its cause to a user who can cure it, and throws it again. */
export const explainTo =
  ({ role }: User) =>
  (error: unknown): never => {
    if (error instanceof AppError && mayReadCauses(role)) error.isExplained = true;
    throw error;
  };

/**
 * Returns the administrator who asks, or `null` where the site is only tried out: there everybody counts as its owner.
 * Throws `forbidden`, `unauthenticated` or `not_configured`.
 */
export async function requireOwner(): Promise<User | null> {
  if (!getEnv().deployed) return null;
  const user = await requireUser();
  if (user.role !== 'admin') throw new AppError('forbidden');
  return user;
}

/**
 * Returns the administrator whose own page sends a request that changes something for everybody. Throws
 * `origin_refused`, `unauthenticated`, `not_configured` or `forbidden`.
 */
export async function requireAdministrator(request: Request): Promise<User> {
  requireSameOrigin(request);
  const user = await requireUser();
  requirePermission(user, 'calls:end');
  return user;
}
