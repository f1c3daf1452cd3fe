import type { Role } from '@/lib/server/auth/user';

const KINDS: Record<Role, string> = {
  guest: 'Just visiting',
  user: 'Signed in',
  admin: 'Administrator',
};

/** Returns the kind of account, for the account menu. */
export const accountKind = (role: Role): string => KINDS[role];
