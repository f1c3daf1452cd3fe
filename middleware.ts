import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { findDetour } from '@/lib/server/auth/gate';
import { listFormOrigins } from '@/lib/server/auth/providers/form-origins';
import { hasKnownHost } from '@/lib/server/http/development/known-host';
import { refuseUnknownHost } from '@/lib/server/http/development/refuse-unknown-host';
import { refuseFlood } from '@/lib/server/http/limits/page';
import { isMalformed, refuseMalformedPath } from '@/lib/server/http/malformed-path';
import { contentSecurityPolicy, setSecurityHeaders } from '@/lib/server/http/security-headers';
import { siteOrigin } from '@/lib/server/http/site-origin';

// The API is not in here: Next buffers a body before a middleware runs, and a route must refuse it before that. Its headers are
// in next.config. A path that cannot be decoded would be a 500 there, so those with a `%` come here all the same.
// No `missing` conditions in the matcher: a request with a `purpose: prefetch` header would go past the gate.
export const config = { runtime: 'nodejs', matcher: ['/((?!_next/|api/).*)', '/api/(.*%.*)'] };

/** Returns where a visit goes: to the setup or sign-in page if it must, otherwise on to the page; nowhere in a flood. */
async function routeVisit(request: NextRequest, origin: string, nonce: string, policy: string) {
  const refusal = refuseFlood(request);
  if (refusal) return refusal;
  const detour = await findDetour(request);
  if (detour) return NextResponse.redirect(new URL(detour, origin));
  const forwarded = new Headers(request.headers);
  forwarded.set('x-nonce', nonce);
  forwarded.set('content-security-policy', policy);
  return NextResponse.next({ request: { headers: forwarded } });
}

async function respondToVisit(request: NextRequest, origin: string, nonce: string, policy: string) {
  if (!hasKnownHost(request.headers)) return refuseUnknownHost(request, null);
  if (isMalformed(request.nextUrl.pathname)) return refuseMalformedPath(request, null);
  return routeVisit(request, origin, nonce, policy);
}

/** Sends signed-out visits to the sign-in page, and sets the security headers of every page. */
export async function middleware(request: NextRequest) {
  const origin = siteOrigin(request.headers);
  const nonce = randomBytes(16).toString('base64');
  const policy = contentSecurityPolicy(nonce, await listFormOrigins(request.nextUrl.pathname));
  const response = await respondToVisit(request, origin, nonce, policy);
  setSecurityHeaders(response.headers, policy, origin.startsWith('https:'));
  return response;
}
