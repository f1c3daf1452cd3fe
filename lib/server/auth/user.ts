import 'server-only';
import type { JWT } from 'next-auth/jwt';
import { isOnAllowList } from '@/lib/server/auth/allow-list';
import { isOneNetwork } from '@/lib/server/http/client-network';
import { getEnv } from '@/lib/server/platform/env';
import { UserId } from '@/lib/shared/ids';

export type Role = 'guest' | 'user' | 'admin';
export type Permission = 'voice:connect' | 'calls:end';

/** A signed-in user, as the guards return it. */
export interface User {
  /** `guest_…`, `github_…` or `google_…`. */
  id: UserId;
  role: Role;
  name: string;
  permissions: readonly Permission[];
  /** A guest's network as a keyed hash: clearing cookies makes a new guest, not a new network. `null` for others. */
  network: string | null;
}

export const GUEST_ID_PREFIX = 'guest_';

/** Returns the id of the user who signed in with this account of next-auth. */
export const toUserId = (account: { provider: string; providerAccountId: string }): UserId =>
  UserId.parse(`${account.provider}_${account.providerAccountId}`);

/** Returns the role by an e-mail address that the sign-in provider has verified. Guests have none. */
export function decideRole(userId: string, verifiedEmail: string | null): Role {
  if (userId.startsWith(GUEST_ID_PREFIX)) return 'guest';
  if (verifiedEmail === null) return 'user';
  return getEnv().auth.adminEmails.includes(verifiedEmail.toLowerCase()) ? 'admin' : 'user';
}

/**
 * Returns what stands for the person behind a user when somebody has to answer for what was said: for a guest the network,
 * because clearing cookies makes a new guest. Guests whose network is unknown stand for themselves, or one would get all blocked.
 */
export const accountableId = ({ id, network }: User): string =>
  network !== null && isOneNetwork(network) ? network : id;

const PERMISSIONS: Record<Role, readonly Permission[]> = {
  guest: ['voice:connect'],
  user: ['voice:connect'],
  admin: ['voice:connect', 'calls:end'],
};

export const listPermissions = (role: Role): readonly Permission[] => PERMISSIONS[role];

/** Returns whether an account of this role may use the site: guests if they are let in at all, others by the allow-list. */
export function isLetIn(role: Role, verifiedEmail: string | null): boolean {
  if (role === 'guest') return getEnv().auth.guest;
  return role === 'admin' || isOnAllowList({ verifiedEmail });
}

/**
 * Returns the user that a valid sign-in token names, or `null` for one who may no longer sign in. Role, permissions and
 * the allow-list are looked at afresh on every request: a token may be a week older than all of them.
 */
export function toUser(token: JWT, network: string | null): User | null {
  const id = UserId.safeParse(token.id).data;
  if (!id) return null;
  const verifiedEmail = token.verifiedEmail ?? null;
  const role = decideRole(id, verifiedEmail);
  if (!isLetIn(role, verifiedEmail)) return null;
  return {
    id,
    role,
    name: token.name ?? 'Guest',
    permissions: listPermissions(role),
    network: role === 'guest' ? network : null,
  };
}
