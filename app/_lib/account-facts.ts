import type { AccountFacts } from '@/components/header/account-menu-open';
import type { Role, User } from '@/lib/server/auth/user';

const KINDS: Record<Role, string> = {
  guest: 'Just visiting',
  user: 'Signed in',
  admin: 'Administrator',
};

/** Returns what the account menu shows of a user. */
export const accountFacts = ({ name, role, permissions }: User): AccountFacts => ({
  name,
  detail: KINDS[role],
  hasConsole: permissions.includes('calls:end'),
  signOutNote:
    role === 'guest' ? 'A guest can’t come back, so your calls and kept conversations are deleted.' : null,
});
