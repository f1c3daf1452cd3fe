/**
 * What a site for callers needs, whatever the settings of this folder are: guests, a database of its own, and nobody who is told
 * what happens. An empty value is none, and hides the one of a `.env` file.
 */
export const ownSiteVariables = (port: number): Record<string, string> => ({
  ...blank(
    ...[
      'UPSTASH_REDIS_REST_URL',
      'UPSTASH_REDIS_REST_TOKEN',
      'KV_REST_API_URL',
      'KV_REST_API_TOKEN',
      'REDIS_URL',
    ],
    ...['AUTH_ALLOWED_EMAILS', 'AUTH_ALLOWED_DOMAINS', 'AUTH_OIDC_ALLOWED_CLAIM'],
    ...['AUTH_ALLOWED_GITHUB_ORG', 'AUTH_ALLOWED_GOOGLE_DOMAINS', 'VOICE_ALLOWED_HOSTS', 'CLIENT_IP_HEADER'],
    ...['VOICE_WEBHOOK_URL', 'VOICE_WEBHOOK_SECRET', 'VOICE_WEBHOOK_EVENTS', 'QSTASH_TOKEN'],
    ...[
      'QSTASH_CURRENT_SIGNING_KEY',
      'QSTASH_NEXT_SIGNING_KEY',
      'QSTASH_URL',
      'VERCEL',
      'VERCEL_ENV',
      'VERCEL_URL',
    ],
    ...['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_EXPORTER_OTLP_HEADERS'],
    ...['OTEL_SERVICE_NAME', 'OTEL_TRACES_SAMPLER', 'OTEL_TRACES_SAMPLER_ARG'],
  ),
  AUTH_GUEST: 'true',
  NEXTAUTH_URL: `http://localhost:${port}`,
  // Callers come one after another from one address.
  VOICE_CALLS_PER_MINUTE: '100',
  VOICE_GUEST_SECONDS_PER_DAY: '86400',
});

const blank = (...names: string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, '']));
