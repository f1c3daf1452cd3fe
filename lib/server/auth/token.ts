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

/** A sign-in ends after this time, however often its cookie is renewed. */
export const SIGN_IN_SECONDS = 7 * 24 * 3600;

/** next-auth gives a cookie that asks for its session another week each time: a stolen one would never end. */
const isOver = ({ signedInAtSeconds = 0, iat = 0 }: JWT & { iat?: number }) =>
  Date.now() / 1000 > (signedInAtSeconds || iat) + SIGN_IN_SECONDS;

interface CookieJar {
  get(name: string): { value: string } | undefined;
}

/**
 * The claims of the sign-in cookie, or `null`: absent, expired, tampered with, or sign-in is not set up.
 * next-auth's own `getToken` would also take the cookie's value as a bearer header; this does not.
 */
export async function readAuthToken(cookies: CookieJar): Promise<JWT | null> {
  const { secret } = getEnv().auth;
  const token = cookies.get(authCookieName('session'))?.value;
  if (!secret || !token) return null;
  const claims = await decode({ token, secret }).catch(() => null);
  return claims === null || isOver(claims) ? null : claims;
}
