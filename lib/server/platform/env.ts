import 'server-only';
import { parseVariables, type Variables } from '@/lib/server/platform/env-schema';
import { listBudgetNotes } from '@/lib/server/platform/setup/budget-notes';
import { isOnVercel, isPreview, readHost, readOwnUrl } from '@/lib/server/platform/setup/host';
import { isLoopback } from '@/lib/server/platform/setup/loopback';
import { listMissing } from '@/lib/server/platform/setup/missing';
import { listOddValues } from '@/lib/server/platform/setup/odd-values';
import {
  listMemberships,
  listTrustNotes,
  readAllowList,
  readConnect,
} from '@/lib/server/platform/setup/trust';
import { WEBHOOK_TYPES } from '@/lib/server/platform/setup/webhook-variables';
import type { TurnDetection } from '@/lib/shared/turn-taking';

type RedisEnv = { kind: 'rest'; url: string; token: string } | { kind: 'tcp'; url: string };

/** The environment holds a value that is not allowed. */
export class InvalidEnvError extends Error {
  override readonly name = 'InvalidEnvError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(['The environment is not valid:', ...problems, 'See .env.example.'].join('\n  '));
    this.problems = problems;
  }
}

function readRedis(v: Variables): RedisEnv | null {
  const url = v.UPSTASH_REDIS_REST_URL ?? v.KV_REST_API_URL;
  const token = v.UPSTASH_REDIS_REST_URL ? v.UPSTASH_REDIS_REST_TOKEN : v.KV_REST_API_TOKEN;
  if (url && token) return { kind: 'rest', url, token };
  return v.REDIS_URL ? { kind: 'tcp', url: v.REDIS_URL } : null;
}

/** Exact deadlines. QStash must be able to reach us, so the site needs its own address. */
function readQstash(v: Variables) {
  const keys = [v.QSTASH_CURRENT_SIGNING_KEY, v.QSTASH_NEXT_SIGNING_KEY].filter((key) => key !== undefined);
  return v.QSTASH_TOKEN ? { url: v.QSTASH_URL, token: v.QSTASH_TOKEN, signingKeys: keys } : null;
}

/** Who is told of what. Ids of calls travel there, so on the internet they travel encrypted. */
function readWebhook(v: Variables, deployed: boolean) {
  const { VOICE_WEBHOOK_URL: url, VOICE_WEBHOOK_SECRET: keys } = v;
  if (!url || !keys) return null;
  const { protocol, hostname } = new URL(url);
  if (deployed && protocol === 'http:' && !isLoopback(hostname)) {
    throw new InvalidEnvError([
      'VOICE_WEBHOOK_URL must start with https://: on a deployed site, only this machine is told without it.',
    ]);
  }
  return { url, keys, events: new Set(v.VOICE_WEBHOOK_EVENTS ?? WEBHOOK_TYPES) };
}

const oauthClient = (id: string | undefined, secret: string | undefined) =>
  id && secret ? { id, secret } : null;

/** The company's own sign-in. `null`: there is none. */
function readOidc(v: Variables) {
  const client = oauthClient(v.AUTH_OIDC_ID, v.AUTH_OIDC_SECRET);
  if (!v.AUTH_OIDC_ISSUER || !client) return null;
  const rules = [v.AUTH_OIDC_ALLOWED_CLAIM, v.AUTH_OIDC_ADMIN_CLAIM];
  return {
    ...client,
    issuer: v.AUTH_OIDC_ISSUER,
    /** On the button, after "Continue with". */
    name: v.AUTH_OIDC_NAME,
    scope: ['openid', 'email', 'profile', ...v.AUTH_OIDC_SCOPE],
    algorithm: v.AUTH_OIDC_ALG,
    /** Its addresses count although it does not say that it verified them. */
    trustEmail: v.AUTH_OIDC_TRUST_EMAIL,
    /** The claims to look at. */
    rules: rules.filter((rule) => rule !== undefined),
  };
}

/**
 * No address of OpenAI, and no gateway to it, is the sandbox, whatever the switch says: guests would talk at the site's
 * expense.
 */
const isOnThisMachine = (url: string) => url.startsWith('http:') && isLoopback(new URL(url).hostname);

/**
 * Nobody but the developer reaches a server that listens to this machine and has no other name: see `known-host`. `npm run dev`
 * says where it listens; `next dev` on its own listens to every network.
 */
const isAlone = (v: Variables) =>
  v.VOICE_ALLOWED_HOSTS.length === 0 &&
  !readOwnUrl(v)?.startsWith('https:') &&
  isLoopback(v.PARLEY_HOSTNAME ?? '0.0.0.0');

/** Returns where QStash reaches this site. Vercel knows the addresses of a preview and of the production site by itself. */
function readDeliveryUrl(v: Variables): string | null {
  const named = isPreview(v) ? v.VERCEL_URL : v.VERCEL_PROJECT_PRODUCTION_URL;
  return readOwnUrl(v) ?? (isOnVercel(v) && named ? `https://${named}` : null);
}

/** The address of this site, and who is believed about it. */
function readSite(v: Variables) {
  const onVercel = isOnVercel(v);
  const url = readOwnUrl(v);
  return {
    /** The one address of this site. `null`: it is read from each request. */
    url,
    /** Where QStash reaches this site. */
    deliveryUrl: readDeliveryUrl(v),
    /** The name or address to which `npm run dev` listens. `null`: unknown. */
    hostname: v.PARLEY_HOSTNAME ?? null,
    /** Whether every visit comes over HTTPS, as far as the environment says. */
    isHttps: onVercel || url?.startsWith('https://') === true,
    /** A proxy in front sets `x-forwarded-host` and `x-forwarded-proto`, and removes those of clients. */
    trustHost: onVercel || v.AUTH_TRUST_HOST !== undefined,
    /** No process outlives a request: no timers. */
    serverless: readHost(v).kind !== 'process',
    /** The header in which the proxy writes the client's address. Vercel overwrites `x-real-ip`. */
    clientIpHeader: v.CLIENT_IP_HEADER?.toLowerCase() ?? (onVercel ? 'x-real-ip' : null),
    /** The header in which the proxy writes the id of a request. */
    requestIdHeader: v.REQUEST_ID_HEADER?.toLowerCase() ?? null,
  };
}

/** How agents listen and think that do not say so themselves. */
function readTurnTaking(v: Variables) {
  const byMeaning = { type: 'semantic_vad', eagerness: v.OPENAI_REALTIME_EAGERNESS } as const;
  const bySilence = {
    type: 'server_vad',
    silenceMs: v.OPENAI_REALTIME_SILENCE_MS,
    idleMs: v.OPENAI_REALTIME_IDLE_MS ?? null,
  } as const;
  const detection: TurnDetection = v.OPENAI_REALTIME_TURN_DETECTION === 'server_vad' ? bySilence : byMeaning;
  return { detection, noise: v.OPENAI_REALTIME_NOISE, effort: v.OPENAI_REALTIME_REASONING };
}

/** Who may come in, and who decides. */
function readAuth(v: Variables, sandbox: boolean) {
  return {
    secret: v.AUTH_SECRET ?? v.NEXTAUTH_SECRET ?? null,
    guest: v.AUTH_GUEST ?? sandbox,
    github: oauthClient(v.AUTH_GITHUB_ID, v.AUTH_GITHUB_SECRET),
    google: oauthClient(v.AUTH_GOOGLE_ID, v.AUTH_GOOGLE_SECRET),
    oidc: readOidc(v),
    /** Who may sign in with an account. `null`: everyone. */
    allowed: readAllowList(v),
    /** In lower case. */
    adminEmails: v.ADMIN_EMAILS,
    /** One of these makes an account an administrator, too. */
    adminMemberships: listMemberships(v.AUTH_OIDC_ADMIN_CLAIM),
    /** A sign-in expires after this time, however often its cookie is renewed. */
    signInSeconds: v.AUTH_SIGN_IN_HOURS * 3600,
  };
}

/** Returns the settings in a set of variables. Throws {@link InvalidEnvError} with all problems at once. */
export function readEnv(source: Readonly<Record<string, string | undefined>>) {
  const parsed = parseVariables(source);
  if (!parsed.ok) throw new InvalidEnvError(parsed.problems);
  const v = parsed.variables;
  // Next runs what it built under any other name too, such as "staging": that is on the internet as well.
  const production = v.NODE_ENV !== 'development' && v.NODE_ENV !== 'test';
  const sandbox = v.PARLEY_SANDBOX && isOnThisMachine(v.OPENAI_BASE_URL);
  const deployed = production && !sandbox;
  const surroundings = { sandbox, ownMachine: !production && isAlone(v) };
  return {
    production,
    /** `next dev`. */
    development: v.NODE_ENV === 'development',
    /** On the internet and at the site's expense: whatever is only for trying it out is closed. */
    deployed,
    /** A development server that nobody but the developer reaches: whoever sits there is its owner. */
    ownMachine: v.NODE_ENV === 'development' && surroundings.ownMachine,
    logLevel: v.LOG_LEVEL,
    /** The agent is the offline sandbox. */
    sandbox,
    missing: listMissing(v, { hasRedis: readRedis(v) !== null, deployed }),
    /** Sentences for the owner: what a setting means that works, but not as one might think. */
    notes: sandbox ? [] : [...listTrustNotes(v, surroundings), ...listBudgetNotes(v)],
    /** Values that are allowed and can hardly be meant. */
    odd: listOddValues(source, v),
    host: readHost(v),
    site: readSite(v),
    redis: readRedis(v),
    openai: { apiKey: v.OPENAI_API_KEY ?? null, baseUrl: v.OPENAI_BASE_URL },
    realtime: {
      model: v.OPENAI_REALTIME_MODEL,
      voice: v.OPENAI_REALTIME_VOICE,
      turnTaking: readTurnTaking(v),
      /** Parts of the policy that this provider refuses. */
      omit: v.OPENAI_REALTIME_OMIT,
      /** Appended to the agent's own instructions. */
      instructions: v.OPENAI_REALTIME_INSTRUCTIONS ?? null,
      language: v.OPENAI_REALTIME_LANGUAGE,
      voiceAccent: v.OPENAI_REALTIME_VOICE_ACCENT ?? null,
      voiceTone: v.OPENAI_REALTIME_VOICE_TONE ?? null,
      transcriptionModel: v.OPENAI_REALTIME_TRANSCRIPTION_MODEL,
      clientSecretTtlSeconds: v.OPENAI_REALTIME_CLIENT_SECRET_TTL,
    },
    auth: readAuth(v, sandbox),
    voice: {
      /** Who posts the offer, by the role of the user: the browser or this server. */
      connect: readConnect(v, surroundings),
      /** Without a key of the site, a caller may send one with the request, and connects directly. */
      allowRequestKey: v.VOICE_ALLOW_REQUEST_KEY && v.VOICE_CONNECT !== 'relay',
      /** Servers of the site's own for finding a way through a network. `null`: none. */
      ice: v.VOICE_ICE_SERVERS ? { servers: v.VOICE_ICE_SERVERS, policy: v.VOICE_ICE_POLICY } : null,
      callSeconds: v.VOICE_CALL_SECONDS,
      allowanceSeconds: {
        guest: v.VOICE_GUEST_SECONDS_PER_DAY,
        user: v.VOICE_USER_SECONDS_PER_DAY,
        admin: v.VOICE_ADMIN_SECONDS_PER_DAY,
      },
      siteBudgetUsdPerDay: v.VOICE_SITE_BUDGET_USD_PER_DAY,
      /** The part of it that guests have together. In the offline sandbox everybody is a guest, and nothing costs money. */
      guestBudgetUsdPerDay:
        v.VOICE_GUEST_BUDGET_USD_PER_DAY ?? v.VOICE_SITE_BUDGET_USD_PER_DAY / (sandbox ? 1 : 3),
      callsPerMinute: v.VOICE_CALLS_PER_MINUTE,
      /** Hosts besides the site's own whose pages may send requests. `*.example.com` names sub-domains. */
      allowedHosts: v.VOICE_ALLOWED_HOSTS,
    },
    cronSecret: v.CRON_SECRET ?? null,
    /** How often a scheduler calls `/api/cron/reap`, as its owner declares. */
    cronIntervalSeconds: v.CRON_INTERVAL_SECONDS ?? null,
    /** How a process ends, in seconds: so long it goes on after SIGTERM, and so long it then finishes what it has. */
    ending: { drainSeconds: v.DRAIN_SECONDS, finishSeconds: v.SHUTDOWN_SECONDS },
    qstash: readQstash(v),
    webhook: readWebhook(v, deployed),
    /** Where `null`, nothing of OpenTelemetry is loaded. */
    tracing:
      (v.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? v.OTEL_EXPORTER_OTLP_ENDPOINT)
        ? { serviceName: v.OTEL_SERVICE_NAME }
        : null,
  };
}

export type Env = ReturnType<typeof readEnv>;

let env: Env | undefined;

/** Returns the settings of this process, read once. Throws {@link InvalidEnvError}. */
export function getEnv(): Env {
  env ??= readEnv(process.env);
  return env;
}
