import 'server-only';
import { decode, type JWT } from 'next-auth/jwt';
import { authCookieName } from '@/lib/server/auth/cookies';
import { isOfFormerIssuer } from '@/lib/server/auth/providers/oidc-id';
import { getEnv } from '@/lib/server/platform/env';
import type { Membership } from '@/lib/server/platform/setup/trust';

declare module 'next-auth/jwt' {
  interface JWT {
    id?: string;
    verifiedEmail?: string | null;
    memberships?: readonly Membership[];
    signedInAtSeconds?: number;
  }
}

/** next-auth renews a cookie on each session request: a stolen one would never expire. */
const hasExpired = ({ signedInAtSeconds = 0, iat = 0 }: JWT & { iat?: number }) =>
  Date.now() / 1000 > (signedInAtSeconds || iat) + getEnv().auth.signInSeconds;

interface CookieJar {
  get(name: string): { value: string } | undefined;
}

/**
 * Returns the claims of the sign-in cookie. `null`: the cookie is absent, expired or forged, of another issuer than the
 * site's, or sign-in is not set up. Unlike next-auth's own `getToken`, it does not accept the cookie's value as a
 * bearer header.
 */
export async function readAuthToken(cookies: CookieJar): Promise<JWT | null> {
  const { secret } = getEnv().auth;
  const token = cookies.get(authCookieName('session'))?.value;
  if (!secret || !token) return null;
  const claims = await decode({ token, secret }).catch(() => null);
  if (claims === null || hasExpired(claims) || isOfFormerIssuer(claims.id ?? '')) return null;
  return claims;
}
