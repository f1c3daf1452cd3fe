import 'server-only';
import { siteOrigin } from '@/lib/server/http/site-origin';
import { AppError } from '@/lib/server/platform/app-error';
import { getEnv } from '@/lib/server/platform/env';

/** `*.example.com` names every sub-domain, not `example.com` itself. */
const matches = (host: string, allowed: string) =>
  allowed.startsWith('*.') ? /^[^.]/.test(host) && host.endsWith(allowed.slice(1)) : host === allowed;

/**
 * Hosts of the list are other names of this same site: pages elsewhere get no CORS headers, and the sign-in cookie is
 * `SameSite=Lax`, so they could neither send it nor read an answer.
 * Met over HTTPS only; plain HTTP is for a developer's own machine.
 */
function isAllowedHost(origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, host, hostname, origin: exact } = new URL(origin);
  if (origin !== exact) return false;
  if (protocol !== 'https:' && hostname !== 'localhost' && hostname !== '127.0.0.1') return false;
  return getEnv().voice.allowedHosts.some((allowed) => matches(host, allowed));
}

/**
 * Refuses a state-changing request that another site's page sent with our visitor's cookie.
 * The `Origin` header must be exactly ours or of an allowed host; without it, only a browser's own word
 * that the request comes from this very page counts. Throws `origin_refused`.
 */
export function requireSameOrigin(request: Request): void {
  const origin = request.headers.get('origin');
  if (origin === null && request.headers.get('sec-fetch-site') === 'same-origin') return;
  const own = siteOrigin(request.headers);
  if (origin !== null && (origin === own || isAllowedHost(origin))) return;
  throw new AppError('origin_refused', {
    message: `This request came from another site. Open the app at ${own} and try again.`,
  });
}

/**
 * The same for next-auth's forms, which carry a token against forgery as well: whoever sends no `Origin` with them is
 * no browser. Throws `origin_refused`.
 */
export function requireSameOriginForm(request: Request): void {
  if (request.headers.has('origin')) requireSameOrigin(request);
}

/** Our own origin as the caller visits it: under it, the page may send requests and the cookie comes along. */
export function visitedOrigin(request: Request): string {
  const origin = request.headers.get('origin');
  return origin !== null && isAllowedHost(origin) ? origin : siteOrigin(request.headers);
}
