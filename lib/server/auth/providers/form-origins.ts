import 'server-only';
import { z } from 'zod';
import { discoveryUrl } from '@/lib/server/auth/providers/oidc';
import { getEnv } from '@/lib/server/platform/env';

const ORIGINS = { github: 'https://github.com', google: 'https://accounts.google.com' };
const TIMEOUT_MS = 2000;
const KEEP_MS = 3600_000;
/** After a failure the provider is asked again soon, but not by every visit. */
const RETRY_MS = 30_000;

const Discovery = z.object({ authorization_endpoint: z.url({ protocol: /^https?$/ }) });

async function fetchOrigin(issuer: string): Promise<string | null> {
  try {
    const response = await fetch(discoveryUrl(issuer), { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return new URL(Discovery.parse(await response.json()).authorization_endpoint).origin;
  } catch {
    // The sign-in itself asks again, and tells the visitor and the log.
    return null;
  }
}

let known: { origin: Promise<string | null>; untilMs: number } | undefined;

/**
 * Returns the origin of the page on which people sign in; another than the issuer's at some providers. `null`: it could
 * not be read.
 */
function authorizationOrigin(issuer: string): Promise<string | null> {
  const nowMs = performance.now();
  if (known && nowMs < known.untilMs) return known.origin;
  const asked = { origin: fetchOrigin(issuer), untilMs: nowMs + KEEP_MS };
  known = asked;
  void asked.origin.then((origin) => {
    if (origin === null) asked.untilMs = performance.now() + RETRY_MS;
  });
  return asked.origin;
}

/**
 * Returns where a sign-in form may lead: browsers apply `form-action` to redirects as well. Only the sign-in page has
 * such forms.
 */
export async function listFormOrigins(pathname: string): Promise<string[]> {
  const { github, google, oidc } = getEnv().auth;
  const origins = [github && ORIGINS.github, google && ORIGINS.google, oidc && new URL(oidc.issuer).origin];
  if (oidc && pathname === '/login') origins.push(await authorizationOrigin(oidc.issuer));
  return [...new Set(origins.filter((origin) => origin !== null))];
}
