import 'server-only';
import type { Account, Profile } from 'next-auth';
import { z } from 'zod';
import { describeError } from '@/lib/server/platform/describe-error';
import { log } from '@/lib/server/platform/log';

const GITHUB_EMAILS_URL = 'https://api.github.com/user/emails';
const TIMEOUT_MS = 4000;

const GithubEmails = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));

/** Returns the primary address in a body of GitHub's `GET /user/emails` if GitHub has verified it, or `null`. */
export function primaryVerifiedEmail(body: unknown): string | null {
  const emails = GithubEmails.safeParse(body);
  return emails.data?.find(({ primary, verified }) => primary && verified)?.email ?? null;
}

async function githubEmail(accessToken: string): Promise<string | null> {
  try {
    const response = await fetch(GITHUB_EMAILS_URL, {
      headers: { authorization: `Bearer ${accessToken}`, accept: 'application/vnd.github+json' },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return response.ok ? primaryVerifiedEmail(await response.json()) : null;
  } catch (error) {
    log().warn({ error: describeError(error) }, 'GitHub did not return the e-mail addresses');
    return null;
  }
}

const Google = z.object({ email: z.string(), email_verified: z.literal(true), hd: z.string().optional() });

/**
 * Returns the address in Google's claims if Google itself provides the mailbox: one of gmail.com, or one of the Workspace
 * domain in `hd`. Of any other it knows only that it was verified once, and a former employee keeps such an account.
 * https://developers.google.com/identity/gsi/web/guides/verify-google-id-token
 */
export function vouchedGoogleEmail(claims: unknown): string | null {
  const google = Google.safeParse(claims).data;
  if (!google) return null;
  const domain = google.email.slice(google.email.lastIndexOf('@') + 1).toLowerCase();
  return domain === 'gmail.com' || domain === google.hd?.toLowerCase() ? google.email : null;
}

/** One sign-in asks twice, whether it is let in and for its token. GitHub is asked once. */
const asked = new WeakMap<Account, Promise<string | null>>();

/**
 * Returns the e-mail address of a user who just signed in, if the provider vouches for it. Administrators and the
 * people on the allow-list are recognised by it, so an address that is only claimed does not count.
 */
export async function verifiedEmail(account: Account, profile: Profile | undefined): Promise<string | null> {
  if (account.provider === 'google') return vouchedGoogleEmail(profile);
  if (account.provider !== 'github' || !account.access_token) return null;
  const answer = asked.get(account) ?? githubEmail(account.access_token);
  asked.set(account, answer);
  return answer;
}
