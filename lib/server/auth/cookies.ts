import 'server-only';
import { createHash } from 'node:crypto';
import type { CookiesOptions } from 'next-auth';
import { getEnv } from '@/lib/server/platform/env';

/** An OAuth round trip must finish within this time. */
const ROUND_TRIP_SECONDS = 15 * 60;

/**
 * Returns the full name of a sign-in cookie. It contains a short hash of the secret, so that two clones on localhost,
 * which share a cookie jar, do not sign each other out. It depends on the environment alone: every reader and writer
 * uses one name, whatever a proxy in front says.
 */
export function authCookieName(name: string): string {
  const { auth, site } = getEnv();
  const clone = createHash('sha256').update(`cookie-name\n${auth.secret}`).digest('hex').slice(0, 8);
  // `__Host-`: no sub-domain, and no page over plain HTTP, can write a cookie of this name.
  return `${site.isHttps ? '__Host-' : ''}parley-${clone}.${name}`;
}

/** Returns the cookies for next-auth. `isHttps`: the request came over HTTPS, so they must never leave it. */
export function authCookies(isHttps: boolean): CookiesOptions {
  const options = {
    httpOnly: true,
    sameSite: 'lax' as const,
    path: '/',
    secure: isHttps || getEnv().site.isHttps,
  };
  const cookie = (name: string, extra = {}) => ({
    name: authCookieName(name),
    options: { ...options, ...extra },
  });
  return {
    sessionToken: cookie('session'),
    callbackUrl: cookie('callback-url'),
    csrfToken: cookie('csrf-token'),
    pkceCodeVerifier: cookie('pkce-code-verifier', { maxAge: ROUND_TRIP_SECONDS }),
    state: cookie('state', { maxAge: ROUND_TRIP_SECONDS }),
    nonce: cookie('nonce'),
  };
}
