import 'server-only';
import { getEnv } from '@/lib/server/platform/env';

/** What a sign-in provider vouches for. */
export interface VouchedFor {
  /** An address that the provider has verified. One that is only claimed does not count. */
  verifiedEmail: string | null;
}

/** Returns whether the owner's list lets this account in: by its address, or by the exact domain of it. Without a list, everyone. */
export function isOnAllowList({ verifiedEmail }: VouchedFor): boolean {
  const { allowed } = getEnv().auth;
  if (allowed === null) return true;
  if (verifiedEmail === null) return false;
  const email = verifiedEmail.toLowerCase();
  const domain = email.slice(email.lastIndexOf('@') + 1);
  return allowed.emails.includes(email) || allowed.domains.includes(domain);
}
