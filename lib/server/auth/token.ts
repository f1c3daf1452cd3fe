import 'server-only';
import { decode, type JWT } from 'next-auth/jwt';
import { authCookieName } from '@/lib/server/auth/cookies';
import { getEnv } from '@/lib/server/platform/env';

declare module 'next-auth/jwt' {
  interface JWT {
    id?: string;
    verifiedEmail?: string | null;
    signedInAtSeconds?: number;
  }
}

/** A sign-in expires after this time, however often its cookie is renewed. */
export const SIGN_IN_SECONDS = 7 * 24 * 3600;

/** next-auth renews a cookie for another week on each session request: a stolen one would never expire. */
const hasExpired = ({ signedInAtSeconds = 0, iat = 0 }: JWT & { iat?: number }) =>
  Date.now() / 1000 > (signedInAtSeconds || iat) + SIGN_IN_SECONDS;

interface CookieJar {
  get(name: string): { value: string } | undefined;
}

/**
 * Returns the claims of the sign-in cookie. `null`: the cookie is absent, expired or forged, or sign-in is not set up.
 * Unlike next-auth's own `getToken`, it does not accept the cookie's value as a bearer header.
 */
export async function readAuthToken(cookies: CookieJar): Promise<JWT | null> {
  const { secret } = getEnv().auth;
  const token = cookies.get(authCookieName('session'))?.value;
  if (!secret || !token) return null;
  const claims = await decode({ token, secret }).catch(() => null);
  return claims === null || hasExpired(claims) ? null : claims;
}
