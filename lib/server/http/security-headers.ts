import 'server-only';
import { getEnv } from '@/lib/server/platform/env';

const PERMISSIONS_POLICY = [
  'microphone=(self)',
  ...['camera', 'geolocation', 'display-capture', 'payment', 'usb', 'serial', 'midi'].map(
    (feature) => `${feature}=()`,
  ),
].join(', ');

/**
 * Returns the policy of a page: scripts run by nonce only, and the browser talks to this site and to the provider.
 * `formOrigins`: where its forms may lead besides.
 */
export function contentSecurityPolicy(nonce: string, formOrigins: readonly string[]): string {
  const { production, openai } = getEnv();
  const provider = new URL(openai.baseUrl).origin;
  // The development server compiles in the browser, and sends changes over a web socket.
  const development = production
    ? { script: [], connect: [] }
    : { script: ["'unsafe-eval'"], connect: ['ws:'] };
  const directives: Record<string, string[]> = {
    'default-src': ["'self'"],
    'script-src': ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'", ...development.script],
    'style-src': ["'self'", "'unsafe-inline'"],
    'connect-src': ["'self'", provider, provider.replace(/^http/, 'ws'), ...development.connect],
    'img-src': ["'self'", 'blob:', 'data:'],
    'font-src': ["'self'"],
    'media-src': ["'self'", 'blob:', 'mediastream:'],
    'worker-src': ["'self'", 'blob:'],
    'form-action': ["'self'", ...formOrigins],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'frame-ancestors': ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources].join(' '))
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
