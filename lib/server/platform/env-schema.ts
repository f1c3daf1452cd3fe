import 'server-only';
import { z } from 'zod';
import {
  claimRule,
  findSignInProblems,
  ID_TOKEN_ALGORITHMS,
  issuer,
  scopes,
} from '@/lib/server/platform/setup/sign-in-variables';
import {
  findUselessWebhookVariables,
  webhookAddress,
  webhookEvents,
  webhookKeys,
} from '@/lib/server/platform/setup/webhook-variables';
import {
  flag,
  list,
  matching,
  oneOf,
  secret,
  text,
  url,
  usd,
  wholeNumber,
} from '@/lib/server/platform/variable-kinds';
import { findUselessIceVariables, iceServers } from '@/lib/shared/ice';
import {
  EAGERNESS,
  EFFORTS,
  findUselessTurnVariables,
  IDLE_MS,
  NOISES,
  SILENCE_MS,
} from '@/lib/shared/turn-taking';

/** Parts of a call's policy that other services than OpenAI may refuse. */
const OMITTABLE = [
  'truncation',
  'noise_reduction',
  'transcription',
  'reasoning',
  'tracing',
  'speed',
  'max_output_tokens',
] as const;

const SECONDS_PER_DAY = 86_400;

/** Every variable that Parley reads, by its own name. `.env.example` explains each. */
const Variables = z.object({
  NODE_ENV: z.string().default('development'),
  VERCEL: text(20).optional(),
  VERCEL_ENV: text(20).optional(),
  VERCEL_URL: text(300).optional(),
  VERCEL_PROJECT_PRODUCTION_URL: text(300).optional(),
  K_SERVICE: text(100).optional(),
  AWS_LAMBDA_FUNCTION_NAME: text(200).optional(),
  PARLEY_HOSTNAME: text(200).optional(),
  PARLEY_KEEPS_RUNNING: flag.optional(),
  DEPLOYMENT_ID: matching(/^[\w-]{1,64}$/, 'letters, digits, _ and -, at most 64').optional(),
  LOG_LEVEL: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  PARLEY_SANDBOX: flag.default(false),

  OPENAI_API_KEY: text(500).optional(),
  OPENAI_BASE_URL: url('https', 'http').default('https://api.openai.com/v1'),
  OPENAI_REALTIME_MODEL: matching(/^[\w.:-]{1,100}$/, 'a model name such as gpt-realtime-2.1-mini').default(
    'gpt-realtime-2.1-mini',
  ),
  // Any word: other services have other voices, and custom ones have ids. The provider refuses an unknown one.
  OPENAI_REALTIME_VOICE: matching(
    /^[A-Za-z0-9][\w .:-]{0,99}$/,
    'the name of a voice such as marin, or the id of a custom one',
  ).default('marin'),
  OPENAI_REALTIME_OMIT: list(
    new RegExp(`^(${OMITTABLE.join('|')})$`),
    `one or more of ${OMITTABLE.join(', ')}, separated by commas`,
  ).default([]),
  OPENAI_REALTIME_TURN_DETECTION: oneOf(['semantic_vad', 'server_vad']).default('semantic_vad'),
  OPENAI_REALTIME_EAGERNESS: oneOf(EAGERNESS).default('auto'),
  OPENAI_REALTIME_SILENCE_MS: wholeNumber(SILENCE_MS.from, SILENCE_MS.to).default(500),
  OPENAI_REALTIME_IDLE_MS: wholeNumber(IDLE_MS.from, IDLE_MS.to).optional(),
  OPENAI_REALTIME_NOISE: oneOf(NOISES).default('near_field'),
  OPENAI_REALTIME_REASONING: oneOf(EFFORTS).default('low'),
  OPENAI_REALTIME_INSTRUCTIONS: text(8000).optional(),
  OPENAI_REALTIME_LANGUAGE: matching(
    /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/,
    'a language code such as en, de or pt-BR',
  ).default('en'),
  OPENAI_REALTIME_VOICE_ACCENT: text(200).optional(),
  OPENAI_REALTIME_VOICE_TONE: text(200).optional(),
  OPENAI_REALTIME_TRANSCRIPTION_MODEL: matching(
    /^[\w.:-]{1,100}$/,
    'a model name such as gpt-realtime-whisper',
  ).default('gpt-realtime-whisper'),
  OPENAI_REALTIME_CLIENT_SECRET_TTL: wholeNumber(10, 7200).default(60),

  UPSTASH_REDIS_REST_URL: url('https', 'http').optional(),
  UPSTASH_REDIS_REST_TOKEN: text(1000).optional(),
  KV_REST_API_URL: url('https', 'http').optional(),
  KV_REST_API_TOKEN: text(1000).optional(),
  REDIS_URL: url('redis', 'rediss').optional(),

  AUTH_SECRET: secret(32).optional(),
  NEXTAUTH_SECRET: secret(32).optional(),
  NEXTAUTH_URL: url('https', 'http').optional(),
  // next-auth takes any value of this one as a yes, so the schema refuses a no.
  AUTH_TRUST_HOST: oneOf(['1', 'true']).optional(),
  AUTH_GUEST: flag.optional(),
  AUTH_GITHUB_ID: text(200).optional(),
  AUTH_GITHUB_SECRET: text(500).optional(),
  AUTH_GOOGLE_ID: text(200).optional(),
  AUTH_GOOGLE_SECRET: text(500).optional(),
  AUTH_OIDC_ISSUER: issuer.optional(),
  AUTH_OIDC_ID: text(300).optional(),
  AUTH_OIDC_SECRET: text(500).optional(),
  AUTH_OIDC_NAME: text(40).default('your company account'),
  AUTH_OIDC_SCOPE: scopes.default([]),
  AUTH_OIDC_ALG: oneOf(ID_TOKEN_ALGORITHMS).default('RS256'),
  AUTH_OIDC_TRUST_EMAIL: flag.default(false),
  AUTH_OIDC_ALLOWED_CLAIM: claimRule.optional(),
  AUTH_OIDC_ADMIN_CLAIM: claimRule.optional(),
  AUTH_SIGN_IN_HOURS: wholeNumber(1, 168).default(168),
  AUTH_ALLOWED_GITHUB_ORG: matching(
    /^[A-Za-z0-9](-?[A-Za-z0-9]){0,38}$/,
    'the name of a GitHub organisation such as acme',
  ).optional(),
  AUTH_ALLOWED_GOOGLE_DOMAINS: list(
    /^[a-z0-9-]+(\.[a-z0-9-]+)+$/,
    'domains of Google Workspace organisations separated by commas, such as example.com',
  ).default([]),
  AUTH_ALLOWED_EMAILS: list(/^[^\s@]+@[^\s@]+$/, 'e-mail addresses separated by commas').default([]),
  AUTH_ALLOWED_DOMAINS: list(
    /^[a-z0-9-]+(\.[a-z0-9-]+)+$/,
    'domains of e-mail addresses separated by commas, such as example.com',
  ).default([]),
  ADMIN_EMAILS: list(/^[^\s@]+@[^\s@]+$/, 'e-mail addresses separated by commas').default([]),

  VOICE_CONNECT: oneOf(['direct', 'relay']).optional(),
  VOICE_ALLOW_DIRECT_STRANGERS_AT_MY_OWN_RISK: flag.default(false),
  VOICE_ALLOW_REQUEST_KEY: flag.default(false),
  VOICE_ICE_SERVERS: iceServers.optional(),
  VOICE_ICE_POLICY: oneOf(['all', 'relay']).default('all'),
  VOICE_CALL_SECONDS: wholeNumber(5, 3600).default(300),
  VOICE_GUEST_SECONDS_PER_DAY: wholeNumber(0, SECONDS_PER_DAY).default(1800),
  VOICE_USER_SECONDS_PER_DAY: wholeNumber(0, SECONDS_PER_DAY).default(2400),
  VOICE_ADMIN_SECONDS_PER_DAY: wholeNumber(0, SECONDS_PER_DAY).default(2400),
  VOICE_SITE_BUDGET_USD_PER_DAY: usd(100_000).default(10),
  VOICE_GUEST_BUDGET_USD_PER_DAY: usd(100_000).optional(),
  VOICE_CALLS_PER_MINUTE: wholeNumber(1, 1000).default(5),
  VOICE_ALLOWED_HOSTS: list(
    // A wildcard needs two labels below it: `*.com` would be half the internet.
    /^(\*\.(?=[^.]+\.))?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/,
    'host names separated by commas, such as app.example.com, *.example.com',
  ).default([]),
  CLIENT_IP_HEADER: matching(/^[A-Za-z0-9-]{1,60}$/, 'a header name such as x-real-ip').optional(),
  DRAIN_SECONDS: wholeNumber(0, 300).default(0),
  SHUTDOWN_SECONDS: wholeNumber(1, 3600).default(25),
  REQUEST_ID_HEADER: matching(/^[A-Za-z0-9-]{1,60}$/, 'a header name such as x-request-id').optional(),
  CRON_SECRET: secret(16).optional(),
  CRON_INTERVAL_SECONDS: wholeNumber(10, 60).optional(),
  QSTASH_URL: url('https', 'http').default('https://qstash.upstash.io'),
  QSTASH_TOKEN: text(1000).optional(),
  QSTASH_CURRENT_SIGNING_KEY: text(200).optional(),
  QSTASH_NEXT_SIGNING_KEY: text(200).optional(),
  // OpenTelemetry reads these itself.
  OTEL_EXPORTER_OTLP_ENDPOINT: url('https', 'http').optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: url('https', 'http').optional(),
  OTEL_EXPORTER_OTLP_HEADERS: text(4000).optional(),
  OTEL_TRACES_SAMPLER: oneOf(['always_on', 'always_off', 'traceidratio']).optional(),
  OTEL_TRACES_SAMPLER_ARG: matching(
    /^(0(\.\d{1,6})?|1)$/,
    'a part of all calls from 0 to 1, such as 0.1',
  ).optional(),
  OTEL_RESOURCE_ATTRIBUTES: matching(
    /^[^=,]+=[^=,]*(,[^=,]+=[^=,]*)*$/,
    'name=value, separated by commas, such as deployment.environment.name=staging',
  ).optional(),
  OTEL_SERVICE_NAME: matching(/^[\w. -]{1,100}$/, 'a name such as parley').default('parley'),
  VOICE_WEBHOOK_URL: webhookAddress.optional(),
  VOICE_WEBHOOK_SECRET: webhookKeys.optional(),
  VOICE_WEBHOOK_EVENTS: webhookEvents.optional(),
});
export type Variables = z.infer<typeof Variables>;

/** Returns whether the value of this name must not appear in a message or a log line. */
const isSecret = (name: string) =>
  /^VOICE_(ICE_SERVERS|WEBHOOK_(URL|SECRET))$|_HEADERS$/.test(name) ||
  (/KEY|SECRET|TOKEN|REDIS|INSTRUCTIONS|EMAILS/.test(name) && !/_TTL$|^VOICE_/.test(name));

/** Returns whether the value is an address with a name or a password in it. */
const holdsPassword = (value: string | undefined) => /:\/\/[^/]*@/.test(value ?? '');

/** Pairs that work only together. */
const PAIRS: readonly [keyof Variables, keyof Variables][] = [
  ['UPSTASH_REDIS_REST_URL', 'UPSTASH_REDIS_REST_TOKEN'],
  ['KV_REST_API_URL', 'KV_REST_API_TOKEN'],
  ['AUTH_GITHUB_ID', 'AUTH_GITHUB_SECRET'],
  ['AUTH_GOOGLE_ID', 'AUTH_GOOGLE_SECRET'],
  ['QSTASH_TOKEN', 'QSTASH_CURRENT_SIGNING_KEY'],
  ['QSTASH_TOKEN', 'QSTASH_NEXT_SIGNING_KEY'],
  ['VOICE_WEBHOOK_URL', 'VOICE_WEBHOOK_SECRET'],
];

/** Names that changed. One that is still set stops the start, because its risk would be taken, or lost, in silence. */
const RENAMED: readonly [old: string, name: keyof Variables][] = [
  ['VOICE_ALLOW_DIRECT_GUESTS_AT_MY_OWN_RISK', 'VOICE_ALLOW_DIRECT_STRANGERS_AT_MY_OWN_RISK'],
];

type Source = Readonly<Record<string, string | undefined>>;

/** Returns the values that are set. An empty line such as `AUTH_GITHUB_ID=` counts as not set. */
function trimValues(source: Source): Record<string, string> {
  const entries = Object.entries(source).map(([name, value]) => [name, value?.trim() ?? ''] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}

export type ParsedVariables = { ok: true; variables: Variables } | { ok: false; problems: string[] };

/** Checks all variables. A problem is one sentence: the name, the value (unless it is a secret), what it may be. */
export function parseVariables(source: Source): ParsedVariables {
  const given = trimValues(source);
  const problems = PAIRS.flatMap(([one, other]) => {
    if ((given[one] === undefined) === (given[other] === undefined)) return [];
    const [present, absent] = given[one] === undefined ? [other, one] : [one, other];
    return [`${absent} is not set, but ${present} is: set both or neither.`];
  });
  for (const [old, name] of RENAMED) {
    if (given[old] !== undefined)
      problems.push(`${old} is now ${name}, and counts together with VOICE_CONNECT=direct.`);
  }
  // Vercel's storage step sets QStash's variables at once, and `vercel env pull` fetches them: no address is needed then.
  const vercelKnows = given.VERCEL_PROJECT_PRODUCTION_URL ?? given.VERCEL_ENV === 'development';
  if (given.QSTASH_TOKEN && !given.NEXTAUTH_URL && !(given.VERCEL && vercelKnows)) {
    problems.push('NEXTAUTH_URL is not set, but QSTASH_TOKEN is: QStash must know where to reach this site.');
  }
  problems.push(
    ...findSignInProblems(given),
    ...findUselessTurnVariables(given),
    ...findUselessIceVariables(given),
    ...findUselessWebhookVariables(given),
  );
  const parsed = Variables.safeParse(given);
  if (parsed.success && problems.length === 0) return { ok: true, variables: parsed.data };
  for (const issue of parsed.error?.issues ?? []) {
    const name = String(issue.path[0]);
    const isHidden = isSecret(name) || holdsPassword(given[name]);
    const was = isHidden ? 'has a value that is not shown here' : `is "${given[name]}"`;
    problems.push(`${name} ${was}, but must be ${issue.message}.`);
  }
  return { ok: false, problems };
}
