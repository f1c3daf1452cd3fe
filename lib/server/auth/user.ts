import 'server-only';
import type { JWT } from 'next-auth/jwt';
import { getEnv } from '@/lib/server/platform/env';
import { UserId } from '@/lib/shared/ids';

export type Role = 'guest' | 'user' | 'admin';
export type Permission = 'voice:connect' | 'calls:end';

/** A signed-in person, as every guard returns one. */
export interface User {
  /** `guest_…`, `github_…` or `google_…`. */
  id: UserId;
  role: Role;
  name: string;
  permissions: readonly Permission[];
  /** A guest's network as a keyed hash: clearing cookies makes a new guest, not a new network. */
  network: string | null;
}

export const GUEST_ID_PREFIX = 'guest_';

/** The id of whoever signed in with this account, as next-auth names it. */
export const userIdOf = (account: { provider: string; providerAccountId: string }): UserId =>
  UserId.parse(`${account.provider}_${account.providerAccountId}`);

/** By an e-mail address that the sign-in provider has verified; guests have none. */
export function roleOf(userId: string, verifiedEmail: string | null): Role {
  if (userId.startsWith(GUEST_ID_PREFIX)) return 'guest';
  if (verifiedEmail === null) return 'user';
  return getEnv().auth.adminEmails.includes(verifiedEmail.toLowerCase()) ? 'admin' : 'user';
}

const PERMISSIONS: Record<Role, readonly Permission[]> = {
  guest: ['voice:connect'],
  user: ['voice:connect'],
  admin: ['voice:connect', 'calls:end'],
};

export const permissionsOf = (role: Role): readonly Permission[] => PERMISSIONS[role];

/**
 * The person that a valid sign-in token names; `null` for a guest where guests are no longer let in.
 * Role and permissions are worked out afresh: a token may be a week older than `ADMIN_EMAILS`.
 */
export function userOf(token: JWT, network: string | null): User | null {
  const id = UserId.safeParse(token.id).data;
  if (!id) return null;
  const role = roleOf(id, token.verifiedEmail ?? null);
  if (role === 'guest' && !getEnv().auth.guest) return null;
  return {
    id,
    role,
    name: token.name ?? 'Guest',
    permissions: permissionsOf(role),
    network: role === 'guest' ? network : null,
  };
}
