import { randomBytes } from 'node:crypto';
import type { NextConfig } from 'next';

/** For every response below /api, also those that no handler of ours sends: a method that is not allowed, `OPTIONS`. */
const API_HEADERS = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'microphone=(), camera=(), geolocation=()',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // Browsers ignore it over plain HTTP.
  ...(process.env.NODE_ENV !== 'development' && { 'strict-transport-security': 'max-age=63072000' }),
};

/** Everything that the middleware sees: pages, and paths of the API that are encoded, as none of ours is. */
const SEEN_BY_MIDDLEWARE = '/:path((?!api/[^%]*$|_next/).*)';

/** Names under which a developer's tunnel is visited, without their ports. */
const allowedDevOrigins = (process.env.VOICE_ALLOWED_HOSTS ?? '')
  .split(',')
  .map((host) => host.trim().replace(/:\d+$/, ''))
  .filter((host) => host !== '');

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: true,
  agentRules: false,
  devIndicators: false,
  allowedDevOrigins,
  // Written into the code of the page and of the server alike: see lib/shared/build.ts.
  env: { SITE_BUILD: process.env.DEPLOYMENT_ID?.trim() || randomBytes(8).toString('hex') },
  deploymentId: process.env.DEPLOYMENT_ID?.trim() || undefined,
  // No page uses the optimizer, and its route would fetch any path of this site for a stranger.
  // It would also make a folder for its cache at the first such request, which a read-only host refuses.
  images: { unoptimized: true, maximumDiskCacheSize: 0 },
  // What a middleware gets is buffered first. Ours sees what takes no body.
  experimental: { proxyClientMaxBodySize: 16 * 1024 },
  headers: async () => [
    {
      source: '/api/:path*',
      headers: Object.entries(API_HEADERS).map(([key, value]) => ({ key, value })),
    },
  ],
  // A page takes no body. Without this, a request with one would wait for its end before the middleware. Some proxies write
  // `transfer-encoding` into requests without a body too: it counts only beside the type of one, or those would go in a circle.
  redirects: async () =>
    [
      [{ key: 'content-length', value: '0*[1-9]\\d*' }],
      [{ key: 'transfer-encoding' }, { key: 'content-type' }],
    ].map((headers) => ({
      source: SEEN_BY_MIDDLEWARE,
      has: headers.map((header) => ({ type: 'header' as const, ...header })),
      destination: '/:path',
      statusCode: 303 as const,
    })),
  // `npm run build:image` only: a folder that runs without `node_modules`. Next writes the values of this file into it.
  output: process.env.PARLEY_BUILD === 'image' ? 'standalone' : undefined,
};

export default config;
