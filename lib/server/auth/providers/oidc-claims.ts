import 'server-only';
import { z } from 'zod';
import type { ProviderWord } from '@/lib/server/auth/membership/allow-list';
import type { Env } from '@/lib/server/platform/env';
import type { ClaimRule } from '@/lib/server/platform/setup/sign-in-variables';
import { listMemberships } from '@/lib/server/platform/setup/trust';

export type OidcSettings = NonNullable<Env['auth']['oidc']>;

/**
 * What an ID token and the userinfo endpoint say about an account. `sub` is its id at the issuer: OpenID Connect Core,
 * section 2.
 */
export const OidcClaims = z.looseObject({ sub: z.string().regex(/^[\x21-\x7e]{1,255}$/) });
export type OidcClaims = z.infer<typeof OidcClaims>;

/**
 * Returns the claims of both places; what userinfo says is newer. An address never gets the mark of another one: which
 * place names it also says whether it is verified.
 */
export function mergeClaims(idToken: OidcClaims, userinfo: Readonly<Record<string, unknown>>): OidcClaims {
  const { email_verified: _, ...withoutMark } = idToken;
  const base = userinfo.email === undefined ? idToken : withoutMark;
  return { ...base, ...userinfo, sub: idToken.sub };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Returns the claim of this name, or at this path: the whole name first, as some names hold dots themselves. */
export function findClaim(claims: unknown, name: string): unknown {
  if (!isObject(claims)) return undefined;
  if (Object.hasOwn(claims, name)) return claims[name];
  for (let dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
    const head = name.slice(0, dot);
    const found = Object.hasOwn(claims, head) ? findClaim(claims[head], name.slice(dot + 1)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Returns the values of the rule that the claim holds, as its text or as an item of its list. */
function listHeld(claims: OidcClaims, { claim, values }: ClaimRule): string[] {
  const found = findClaim(claims, claim);
  const held = (Array.isArray(found) ? found : [found]).map((item) =>
    ['string', 'number', 'boolean'].includes(typeof item) ? String(item) : null,
  );
  return values.filter((value) => held.includes(value));
}

/**
 * Returns whether the provider left out the claim, and only points to where it could be asked for. Microsoft's does so with
 * the groups of people who are in more than 200.
 * https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference#groups-overage-claim
 */
const isLeftOut = (claims: OidcClaims, { claim }: ClaimRule): boolean =>
  isObject(claims._claim_names) && Object.hasOwn(claims._claim_names, claim.split('.')[0] ?? claim);

function verifiedEmail({ email, email_verified: mark }: OidcClaims, trustEmail: boolean): string | null {
  if (typeof email !== 'string' || !/^[^\s@]+@[^\s@]+$/.test(email)) return null;
  // Some providers write the mark as text.
  const isVerified = mark === true || mark === 'true';
  return isVerified || (trustEmail && mark === undefined) ? email : null;
}

/** Returns what the company's own provider vouches for. */
export function vouchOidc(profile: unknown, { rules, trustEmail }: OidcSettings): ProviderWord {
  const claims = OidcClaims.safeParse(profile).data;
  if (!claims) return { verifiedEmail: null, memberships: [], doubt: null };
  return {
    verifiedEmail: verifiedEmail(claims, trustEmail),
    memberships: rules.flatMap((rule) =>
      listMemberships({ claim: rule.claim, values: listHeld(claims, rule) }),
    ),
    doubt: rules.some((rule) => isLeftOut(claims, rule)) ? 'groups_left_out' : null,
  };
}

const Name = z.string().trim().min(1).catch('');

/** Returns what to call the account: its name, or the nearest thing to one. */
export function nameOf({ name, preferred_username, nickname, given_name }: OidcClaims): string {
  const names = [name, preferred_username, nickname, given_name].map((one) => Name.parse(one));
  return names.find((one) => one !== '') ?? 'Member';
}
