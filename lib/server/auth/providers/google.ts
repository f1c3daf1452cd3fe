import 'server-only';
import { z } from 'zod';
import type { VouchedFor } from '@/lib/server/auth/membership/allow-list';
import type { Env } from '@/lib/server/platform/env';
import type { Membership } from '@/lib/server/platform/setup/trust';

const PREFIX = 'google:';

const Claims = z.object({ email: z.string(), email_verified: z.literal(true), hd: z.string().optional() });

/**
 * Returns the address in Google's claims if Google itself provides the mailbox: one of gmail.com, or one of the Workspace
 * domain in `hd`. Of any other it knows only that it was verified once, and a former employee keeps such an account.
 * https://developers.google.com/identity/gsi/web/guides/verify-google-id-token
 */
export function vouchedGoogleEmail(claims: unknown): string | null {
  const google = Claims.safeParse(claims).data;
  if (!google) return null;
  const domain = google.email.slice(google.email.lastIndexOf('@') + 1).toLowerCase();
  return domain === 'gmail.com' || domain === google.hd?.toLowerCase() ? google.email : null;
}

/**
 * Returns what Google vouches for. The hosted domain counts as it stands in the ID token, whatever the sign-in page was
 * asked for.
 */
export function vouchGoogle(claims: unknown, wanted: readonly Membership[]): VouchedFor {
  const domain = Claims.safeParse(claims).data?.hd?.toLowerCase();
  return {
    verifiedEmail: vouchedGoogleEmail(claims),
    memberships: wanted.filter((membership) => domain !== undefined && membership === `${PREFIX}${domain}`),
  };
}

/**
 * Returns what Google's page is asked to offer: the accounts of the one Workspace domain, or `*` for those of any. Nothing
 * where other accounts may come in as well. This is a convenience: whoever changes it in the address bar gets no further.
 */
export function googleHint({ allowed, adminEmails }: Env['auth']): { hd?: string } {
  const domains = (allowed?.memberships ?? [])
    .filter((membership) => membership.startsWith(PREFIX))
    .map((membership) => membership.slice(PREFIX.length));
  const [first] = domains;
  const listed = [...(allowed?.emails ?? []), ...adminEmails];
  const reach = (email: string) => domains.some((domain) => email.endsWith(`@${domain}`));
  const areAllReached = listed.every(reach) && (allowed?.domains ?? []).every((one) => domains.includes(one));
  if (first === undefined || !areAllReached) return {};
  return { hd: domains.length === 1 ? first : '*' };
}
