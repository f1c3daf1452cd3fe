import 'server-only';
import { getEnv } from '@/lib/server/platform/env';
import type { Membership } from '@/lib/server/platform/setup/trust';

/** What a sign-in provider vouches for. */
export interface VouchedFor {
  /** An address that the provider has verified. One that is only claimed does not count. */
  verifiedEmail: string | null;
  /** Those of the memberships in the settings of this site that the account has. */
  memberships: readonly Membership[];
}

/** Why a provider did not say whether an account has a membership. */
export type Doubt = 'organisation_hidden' | 'organisation_unknown' | 'groups_left_out';

/** The provider's word on an account that just signed in. */
export interface ProviderWord extends VouchedFor {
  doubt: Doubt | null;
}

const shareOne = (one: readonly string[], other: readonly string[]) =>
  one.some((item) => other.includes(item));

/** Only A to Z: the Kelvin sign would become a k as well, and somebody else's address that of a listed person. */
const toLowerAscii = (text: string) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/**
 * Returns whether the owner's list lets this account in: by its address, the exact domain of it, or a membership.
 * Without a list, everyone.
 */
export function isOnAllowList({ verifiedEmail, memberships }: VouchedFor): boolean {
  const { allowed } = getEnv().auth;
  if (allowed === null || shareOne(allowed.memberships, memberships)) return true;
  if (verifiedEmail === null) return false;
  const email = toLowerAscii(verifiedEmail);
  const domain = email.slice(email.lastIndexOf('@') + 1);
  return allowed.emails.includes(email) || allowed.domains.includes(domain);
}

/** Returns whether the owner made this account an administrator, by its address or a membership. */
export function isOnAdminList({ verifiedEmail, memberships }: VouchedFor): boolean {
  const { adminEmails, adminMemberships } = getEnv().auth;
  const isListed = verifiedEmail !== null && adminEmails.includes(toLowerAscii(verifiedEmail));
  return isListed || shareOne(adminMemberships, memberships);
}
