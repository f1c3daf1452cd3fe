import 'server-only';
import type { JWT } from 'next-auth/jwt';
import { isOnAdminList, isOnAllowList, type VouchedFor } from '@/lib/server/auth/membership/allow-list';
import { isOfFormerIssuer } from '@/lib/server/auth/providers/oidc-id';
import { isOneNetwork } from '@/lib/server/http/client-network';
import { getEnv } from '@/lib/server/platform/env';
import { UserId } from '@/lib/shared/ids';

export type Role = 'guest' | 'user' | 'admin';
export type Permission = 'voice:connect' | 'calls:end';

/** A signed-in user, as the guards return it. */
export interface User {
  /** `guest_…`, `github_…`, `google_…` or `oidc_…`. */
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

/** Returns the role by what the sign-in provider vouches for. `null`: nothing is known of it, so this is no administrator. */
export function decideRole(userId: string, vouched: VouchedFor | null): Role {
  if (userId.startsWith(GUEST_ID_PREFIX)) return 'guest';
  return vouched !== null && isOnAdminList(vouched) ? 'admin' : 'user';
}

/** Returns what the provider vouched for when the user of this token signed in. */
export const vouchedIn = ({ verifiedEmail, memberships }: JWT): VouchedFor => ({
  verifiedEmail: verifiedEmail ?? null,
  memberships: memberships ?? [],
});

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

/** Returns what a role may do. On the developer's own machine everybody may do what an administrator may. */
export const listPermissions = (role: Role): readonly Permission[] =>
  PERMISSIONS[getEnv().ownMachine ? 'admin' : role];

/** Returns whether an account of this role may use the site: guests if they are let in at all, others by the allow-list. */
export function isLetIn(role: Role, vouched: VouchedFor): boolean {
  if (role === 'guest') return getEnv().auth.guest;
  return role === 'admin' || isOnAllowList(vouched);
}

/**
 * Returns the user that a valid sign-in token names, or `null` for one who may no longer sign in. Role, permissions and
 * the allow-list are looked at afresh on every request: a token may be a week older than all of them. Only what the
 * provider vouched for is as old as the sign-in.
 */
export function toUser(token: JWT, network: string | null): User | null {
  const id = UserId.safeParse(token.id).data;
  if (!id || isOfFormerIssuer(id)) return null;
  const vouched = vouchedIn(token);
  const role = decideRole(id, vouched);
  if (!isLetIn(role, vouched)) return null;
  return {
    id,
    role,
    name: token.name ?? 'Guest',
    permissions: listPermissions(role),
    network: role === 'guest' ? network : null,
  };
}
