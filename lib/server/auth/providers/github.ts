import 'server-only';
import { z } from 'zod';
import type { Doubt, ProviderWord } from '@/lib/server/auth/membership/allow-list';
import { describeError } from '@/lib/server/platform/describe-error';
import { log } from '@/lib/server/platform/log';
import type { Membership } from '@/lib/server/platform/setup/trust';

const API_URL = 'https://api.github.com';
const TIMEOUT_MS = 4000;
const SCOPE = 'read:user user:email';
const PREFIX = 'github:';

/** Returns the scopes to ask for. Membership is asked for only where it counts: it is one more thing to agree to. */
export const githubScope = (memberships: readonly Membership[]): string =>
  memberships.some((membership) => membership.startsWith(PREFIX)) ? `${SCOPE} read:org` : SCOPE;

const get = (url: string, accessToken: string) =>
  fetch(url, {
    headers: { authorization: `Bearer ${accessToken}`, accept: 'application/vnd.github+json' },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });

const Emails = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));

/** Returns the primary address in a body of GitHub's `GET /user/emails` if GitHub has verified it, or `null`. */
export function primaryVerifiedEmail(body: unknown): string | null {
  const emails = Emails.safeParse(body);
  return emails.data?.find(({ primary, verified }) => primary && verified)?.email ?? null;
}

async function readEmail(accessToken: string, apiUrl: string): Promise<string | null> {
  try {
    const response = await get(`${apiUrl}/user/emails`, accessToken);
    return response.ok ? primaryVerifiedEmail(await response.json()) : null;
  } catch (error) {
    log().warn({ error: describeError(error) }, 'GitHub did not return the e-mail addresses');
    return null;
  }
}

const OrganisationMembership = z.object({ state: z.enum(['active', 'pending']) });

/**
 * What GitHub says about an account and an organisation. `hidden`: the organisation restricts OAuth apps, or wants its own
 * sign-on first, so this site may not know. `unknown`: GitHub did not answer.
 */
type InOrganisation = 'yes' | 'no' | 'hidden' | 'unknown';

/**
 * Returns whether an account belongs to the organisation. One that was invited and has not accepted does not.
 * https://docs.github.com/rest/orgs/members#get-an-organization-membership-for-the-authenticated-user
 */
export async function readOrganisation(
  accessToken: string,
  organisation: string,
  apiUrl = API_URL,
): Promise<InOrganisation> {
  try {
    const response = await get(`${apiUrl}/user/memberships/orgs/${organisation}`, accessToken);
    if (response.status === 404) return 'no';
    // The same status says that too many requests were sent: then a header counts down.
    const isCounted = response.headers.get('x-ratelimit-remaining') === '0';
    if (response.status === 403 && !isCounted && !response.headers.has('retry-after')) return 'hidden';
    if (!response.ok) return 'unknown';
    const membership = OrganisationMembership.safeParse(await response.json());
    if (!membership.success) return 'unknown';
    return membership.data.state === 'active' ? 'yes' : 'no';
  } catch (error) {
    log().warn({ error: describeError(error) }, 'GitHub did not say who belongs to the organisation');
    return 'unknown';
  }
}

const DOUBTS: Readonly<Record<InOrganisation, Doubt | null>> = {
  yes: null,
  no: null,
  hidden: 'organisation_hidden',
  unknown: 'organisation_unknown',
};

/** Returns what GitHub vouches for. `wanted`: memberships that count here; those of other providers are left alone. */
export async function vouchGithub(
  accessToken: string,
  wanted: readonly Membership[],
  apiUrl = API_URL,
): Promise<ProviderWord> {
  const membership = wanted.find((one) => one.startsWith(PREFIX));
  const email = readEmail(accessToken, apiUrl);
  if (!membership) return { verifiedEmail: await email, memberships: [], doubt: null };
  const inOrganisation = await readOrganisation(accessToken, membership.slice(PREFIX.length), apiUrl);
  return {
    verifiedEmail: await email,
    memberships: inOrganisation === 'yes' ? [membership] : [],
    doubt: DOUBTS[inOrganisation],
  };
}
