import 'server-only';
import { createHash } from 'node:crypto';
import { getEnv } from '@/lib/server/platform/env';

const PREFIX = 'oidc_';

const issuerTag = (issuer: string) => createHash('sha256').update(issuer).digest('hex').slice(0, 8);

/**
 * Returns the id of an account, which becomes that of the user after `oidc_`. The same `sub` at another issuer is another
 * person, who must not find what the first one left, so the issuer is part of it.
 */
export const toAccountId = (issuer: string, sub: string): string => `${issuerTag(issuer)}_${sub}`;

/** Returns whether the user signed in at an issuer that is not, or no longer, the one of this site. */
export function isOfFormerIssuer(userId: string): boolean {
  if (!userId.startsWith(PREFIX)) return false;
  const { oidc } = getEnv().auth;
  return oidc === null || !userId.startsWith(`${PREFIX}${issuerTag(oidc.issuer)}_`);
}
