import { site } from '@/business/site';

/** One thing that a deployment needs, and where to get it. */
export interface SetupStep {
  title: string;
  /** Variables to set, together. */
  variables: readonly string[];
  how: string;
  /** Where to get it. */
  link?: { href: string; label: string };
  /** A command that generates the value. */
  command?: string;
}

const STEPS: readonly SetupStep[] = [
  {
    title: 'A key for the voice',
    variables: ['OPENAI_API_KEY'],
    how: 'Create a key that can use the Realtime API. It stays on the server.',
    link: { href: 'https://platform.openai.com/api-keys', label: 'OpenAI: API keys' },
  },
  {
    title: `A database for ${site.storagePurpose}`,
    variables: ['UPSTASH_REDIS_REST_URL', 'UPSTASH_REDIS_REST_TOKEN'],
    how: 'Create a Redis database and copy both values. On Vercel, connecting one from the Marketplace sets them for you.',
    link: { href: 'https://console.upstash.com/redis', label: 'Upstash: Redis' },
  },
  {
    title: 'A secret for the sign-in cookies',
    variables: ['AUTH_SECRET'],
    how: 'Any long random text. Generate one and keep it.',
    command: 'openssl rand -base64 33',
  },
  {
    title: 'The address of this site',
    variables: ['NEXTAUTH_URL'],
    how: 'Without it, the site believes it is being visited over http://, and refuses every form behind a proxy that ends TLS. If the proxy always sets x-forwarded-host and x-forwarded-proto, AUTH_TRUST_HOST=true works too.',
    command: 'NEXTAUTH_URL=https://voice.example.com',
  },
  {
    title: 'A way to sign in',
    variables: ['AUTH_GITHUB_ID', 'AUTH_GITHUB_SECRET'],
    how: 'Register an OAuth app whose callback URL ends in /api/auth/callback/github. Google (AUTH_GOOGLE_ID, AUTH_GOOGLE_SECRET), your company’s own sign-in (AUTH_OIDC_ISSUER, AUTH_OIDC_ID, AUTH_OIDC_SECRET) or guest access (AUTH_GUEST=true) works too.',
    link: { href: 'https://github.com/settings/developers', label: 'GitHub: OAuth apps' },
  },
  {
    title: 'Something that ends calls on time',
    variables: ['QSTASH_TOKEN', 'QSTASH_CURRENT_SIGNING_KEY', 'QSTASH_NEXT_SIGNING_KEY'],
    how: 'This host freezes a process between requests, so a call that nobody ends would go on for an hour at your expense. Upstash QStash ends each to the second; it needs NEXTAUTH_URL too. Or let a scheduler call /api/cron/reap every minute, and set CRON_SECRET and CRON_INTERVAL_SECONDS=60. If the process lives on after all, set PARLEY_KEEPS_RUNNING=true.',
    link: { href: 'https://console.upstash.com/qstash', label: 'Upstash: QStash' },
  },
];

/** Returns the remaining steps, in order. `missing`: names of variables. */
export function setupSteps(missing: readonly string[]): SetupStep[] {
  const steps = STEPS.filter(({ variables }) => variables.some((name) => missing.includes(name)));
  const known = new Set(STEPS.flatMap(({ variables }) => variables));
  const others = missing
    .filter((name) => !known.has(name))
    .map((name) => ({ title: name, variables: [name], how: 'See .env.example for what it does.' }));
  return [...steps, ...others];
}
