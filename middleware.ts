import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { detourOf } from '@/lib/server/gate';
import { contentSecurityPolicy, setSecurityHeaders } from '@/lib/server/security-headers';
import { siteOrigin } from '@/lib/server/site-origin';

// No `missing` conditions in the matcher: a request with a `purpose: prefetch` header would walk past the gate.
export const config = { runtime: 'nodejs', matcher: '/((?!_next/).*)' };

/** Sends signed-out visits to the sign-in page, and sets the security headers of everything else. */
export async function middleware(request: NextRequest) {
  const origin = siteOrigin(request.headers);
  const nonce = randomBytes(16).toString('base64');
  const policy = contentSecurityPolicy(nonce);
  const detour = await detourOf(request);
  const forwarded = new Headers(request.headers);
  forwarded.set('x-nonce', nonce);
  forwarded.set('content-security-policy', policy);
  const response = detour
    ? NextResponse.redirect(new URL(detour, origin))
    : NextResponse.next({ request: { headers: forwarded } });
  setSecurityHeaders(response.headers, policy, origin.startsWith('https:'));
  return response;
}
