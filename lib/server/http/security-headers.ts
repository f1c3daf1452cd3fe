import 'server-only';
import { getEnv } from '@/lib/server/platform/env';

/** Where a sign-in form may lead: browsers apply `form-action` to redirects as well. */
const SIGN_IN_ORIGINS = { github: 'https://github.com', google: 'https://accounts.google.com' };

const PERMISSIONS_POLICY = [
  'microphone=(self)',
  ...['camera', 'geolocation', 'display-capture', 'payment', 'usb', 'serial', 'midi'].map(
    (feature) => `${feature}=()`,
  ),
].join(', ');

/** Returns the policy of a page: scripts run by nonce only, and the browser talks to this site and to the provider. */
export function contentSecurityPolicy(nonce: string): string {
  const { production, openai, auth } = getEnv();
  const provider = new URL(openai.baseUrl).origin;
  const forms = [auth.github && SIGN_IN_ORIGINS.github, auth.google && SIGN_IN_ORIGINS.google];
  // The development server compiles in the browser, and sends changes over a web socket.
  const development = production
    ? { script: [], connect: [] }
    : { script: ["'unsafe-eval'"], connect: ['ws:'] };
  const directives: Record<string, (string | null)[]> = {
    'default-src': ["'self'"],
    'script-src': ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'", ...development.script],
    'style-src': ["'self'", "'unsafe-inline'"],
    'connect-src': ["'self'", provider, provider.replace(/^http/, 'ws'), ...development.connect],
    'img-src': ["'self'", 'blob:', 'data:'],
    'font-src': ["'self'"],
    'media-src': ["'self'", 'blob:', 'mediastream:'],
    'worker-src': ["'self'", 'blob:'],
    'form-action': ["'self'", ...forms],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'frame-ancestors': ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources.filter((source) => source !== null)].join(' '))
    .join('; ');
}

/** Sets the headers of every response, page or API. */
export function setSecurityHeaders(headers: Headers, policy: string, isHttps: boolean): void {
  headers.set('content-security-policy', policy);
  headers.set('permissions-policy', PERMISSIONS_POLICY);
  headers.set('referrer-policy', 'strict-origin-when-cross-origin');
  headers.set('x-content-type-options', 'nosniff');
  headers.set('x-frame-options', 'DENY');
  headers.set('cross-origin-opener-policy', 'same-origin');
  if (isHttps && getEnv().production) {
    headers.set('strict-transport-security', 'max-age=63072000');
  }
}
