import 'server-only';
import { siteOrigin } from '@/lib/server/http/site-origin';
import { AppError } from '@/lib/server/platform/app-error';
import { getEnv } from '@/lib/server/platform/env';
import { createSeldomLog } from '@/lib/server/platform/log-seldom';

/**
 * Returns whether an entry of `VOICE_ALLOWED_HOSTS` names the host. `*.example.com` names every sub-domain, not
 * `example.com` itself.
 */
export const matchesHost = (host: string, allowed: string) =>
  allowed.startsWith('*.') ? /^[^.]/.test(host) && host.endsWith(allowed.slice(1)) : host === allowed;

/**
 * Returns whether `VOICE_ALLOWED_HOSTS` names the host of an origin. Hosts of the list are other names of this same site:
 * pages elsewhere get no CORS headers, and the sign-in cookie is `SameSite=Lax`, so they could neither send it nor read
 * a response. They count over HTTPS only; plain HTTP is for a developer's own machine.
 */
export function isAllowedHost(origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, host, hostname, origin: exact } = new URL(origin);
  if (origin !== exact) return false;
  if (protocol !== 'https:' && hostname !== 'localhost' && hostname !== '127.0.0.1') return false;
  return getEnv().voice.allowedHosts.some((allowed) => matchesHost(host, allowed));
}

/**
 * Returns whether the browser visits this very server, by the host that it or a proxy names, though the origin is not ours: then
 * the setting is wrong, and no other site has anything to do with it. It is believed for the words of the refusal only.
 */
function namesUs(headers: Headers, origin: string | null): boolean {
  if (origin === null || !URL.canParse(origin)) return false;
  return [headers.get('host'), headers.get('x-forwarded-host')].includes(new URL(origin).host);
}

const logRefused = createSeldomLog(
  'a request from another origin was refused: if it is your own, set NEXTAUTH_URL',
);

/**
 * Refuses a state-changing request that another site's page sent with our user's cookie. The `Origin` header must be
 * exactly ours or that of an allowed host. Without it, only the browser's own `Sec-Fetch-Site: same-origin` counts.
 * Throws `origin_refused`.
 */
export function requireSameOrigin(request: Request): void {
  const origin = request.headers.get('origin');
  if (origin === null && request.headers.get('sec-fetch-site') === 'same-origin') return;
  const own = siteOrigin(request.headers);
  if (origin !== null && (origin === own || isAllowedHost(origin))) return;
  logRefused({ origin: origin?.slice(0, 200), own, host: request.headers.get('host') });
  throw new AppError('origin_refused', {
    message: namesUs(request.headers, origin)
      ? `This site does not know its own address: you are at ${origin}, and it expects ${own}. Its owner has to set NEXTAUTH_URL.`
      : `This request came from another site. Open the app at ${own} and try again.`,
  });
}

/**
 * The same for next-auth's forms, which also carry a token against forgery: a client that sends no `Origin` with them is
 * not a browser. Throws `origin_refused`.
 */
export function requireSameOriginForm(request: Request): void {
  if (request.headers.has('origin')) requireSameOrigin(request);
}

/** Returns our own origin as the caller visits it: there the page may send requests, and the cookie comes along. */
export function visitedOrigin(request: Request): string {
  const origin = request.headers.get('origin');
  return origin !== null && isAllowedHost(origin) ? origin : siteOrigin(request.headers);
}
