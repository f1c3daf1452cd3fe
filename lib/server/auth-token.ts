import 'server-only';
import { decode, type JWT } from 'next-auth/jwt';
import { authCookieName } from '@/lib/server/auth-cookies';
import { getEnv } from '@/lib/server/env';

declare module 'next-auth/jwt' {
  interface JWT {
    id?: string;
    verifiedEmail?: string | null;
  }
}

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
  return decode({ token, secret }).catch(() => null);
}
