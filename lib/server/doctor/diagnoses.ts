import 'server-only';
import type { OddCode } from '@/lib/server/platform/setup/odd-values';
import { PROBLEMS } from '@/lib/server/platform/setup/problem-sentences';
import type { HealthProblem } from '@/lib/shared/health';
import type { Check, Finding } from '@/lib/shared/owner/doctor';
import { PROVIDER_CAUSES, type ProviderCause } from '@/lib/shared/provider-cause';

interface Diagnosis {
  result: Exclude<Finding['result'], 'ok'>;
  problem: string;
  cure: string;
}

/** What the doctor finds besides what the health check and the provider have codes for. Never renamed. */
export const DIAGNOSES = {
  settings_invalid: {
    result: 'problem',
    problem: 'The environment holds values that are not allowed, so the server does not start.',
    cure: 'Change them as said here; .env.example explains each variable.',
  },
  value_masked: {
    result: 'problem',
    problem: 'Vercel does not show these values, so “vercel env pull” wrote a placeholder for them.',
    cure: 'Put the real values into .env.local, or remove the lines.',
  },
  key_unlikely: {
    result: 'problem',
    problem: 'The API key has quotes, spaces or the words of an example in it.',
    cure: 'Copy the key again, without anything around it.',
  },
  vercel_elsewhere: {
    result: 'problem',
    problem:
      'VERCEL is set, so this server believes it runs on Vercel: it sets no timers, and the local demo starts no database.',
    cure: 'Remove VERCEL from .env.local, where “vercel env pull” wrote it, or add VERCEL_ENV=development.',
  },
  settings_doubtful: {
    result: 'warning',
    problem: 'A setting works, but may not do what you expect.',
    cure: 'Read what it does, and change it if you meant something else.',
  },
  key_missing: {
    result: 'problem',
    problem: 'There is no key for the voice service, so no call can be opened.',
    cure: 'Set OPENAI_API_KEY. To try the site without one, run “npm run dev”: it stands in for the voice service.',
  },
  clock_wrong: {
    result: 'problem',
    problem: 'The clock of this server is wrong, so secrets expire too early or too late.',
    cure: 'Let the system set its time from the network (NTP).',
  },
  clock_unknown: {
    result: 'unknown',
    problem: 'The clock was not compared: the voice service did not say what time it is.',
    cure: 'Cure what is wrong with the voice service first.',
  },
  database_missing: {
    result: 'problem',
    problem: 'There is no database, so minutes and spending cannot be counted and no call can be opened.',
    cure: 'Set UPSTASH_REDIS_REST_URL and UPSTASH_REDIS_REST_TOKEN, or REDIS_URL. “npm run dev” starts one itself.',
  },
  address_missing: {
    result: 'problem',
    problem:
      'This site does not know its own address: behind a proxy that ends TLS it refuses every sign-in.',
    cure: 'Set NEXTAUTH_URL, or AUTH_TRUST_HOST=true if the proxy always sets x-forwarded-host and x-forwarded-proto.',
  },
  address_wrong: {
    result: 'problem',
    problem: 'This site expects another address than the one in your browser, so it refuses every form.',
    cure: 'Set NEXTAUTH_URL to the address in the browser, or name the host in VOICE_ALLOWED_HOSTS.',
  },
  address_insecure: {
    result: 'problem',
    problem: 'Browsers give a microphone only to pages on https:// and on this machine itself.',
    cure: 'Serve the site over https. To show it to a phone in the same network: npm run dev -- --phone.',
  },
  address_unreachable: {
    result: 'problem',
    problem: 'There is no Parley at this address.',
    cure: 'Check the address, the proxy and whether the server runs.',
  },
  address_unvisited: {
    result: 'unknown',
    problem: 'The address was not checked, because nobody visited the site for this check.',
    cure: 'Give the address: npm run doctor -- --url https://voice.example.com.',
  },
  secret_missing: {
    result: 'problem',
    problem: 'There is no secret for the sign-in cookies, so nobody can sign in.',
    cure: 'Set AUTH_SECRET to a long random text: openssl rand -base64 33.',
  },
  sign_in_missing: {
    result: 'problem',
    problem: 'There is no way to sign in.',
    cure: 'Set up a provider as docs/sign-in.md says, or let guests in with AUTH_GUEST=true.',
  },
  oidc_unreachable: {
    result: 'problem',
    problem: 'The company’s sign-in does not answer this server, so nobody comes in by it.',
    cure: 'Check AUTH_OIDC_ISSUER, the way there, and its certificate (NODE_EXTRA_CA_CERTS).',
  },
  oidc_no_discovery: {
    result: 'problem',
    problem:
      'There is no discovery document below AUTH_OIDC_ISSUER, so nobody comes in by the company’s sign-in.',
    cure: 'Check the address, tenant and realm included.',
  },
  oidc_issuer_differs: {
    result: 'problem',
    problem:
      'The company’s sign-in calls itself by another address than AUTH_OIDC_ISSUER, so nobody comes in by it.',
    cure: 'Set AUTH_OIDC_ISSUER to the address by which it calls itself.',
  },
  admin_missing: {
    result: 'warning',
    problem: 'Nobody can be an administrator, so nobody can open the console, pause calls or hang up.',
    cure: 'Set ADMIN_EMAILS or AUTH_OIDC_ADMIN_CLAIM, and a provider with which administrators sign in: guests are none.',
  },
  ender_missing: {
    result: 'problem',
    problem:
      'Nothing on this host ends calls, because it freezes a process between requests: a call that nobody ends would go on for an hour at your expense.',
    cure: 'Set up QStash, or let a scheduler call /api/cron/reap every minute and set CRON_SECRET and CRON_INTERVAL_SECONDS. If the process lives on, set PARLEY_KEEPS_RUNNING=1.',
  },
  qstash_unreachable: {
    result: 'problem',
    problem: 'QStash does not answer, so it ends no call of this site.',
    cure: 'Check QSTASH_URL, and whether this server may reach it.',
  },
  qstash_refused: {
    result: 'problem',
    problem: 'QStash refuses the token of this site, so it ends no call.',
    cure: 'Copy QSTASH_TOKEN again, and set QSTASH_URL to the address of the same region.',
  },
  qstash_keys_differ: {
    result: 'problem',
    problem:
      'QStash signs with a key that this site does not know, so its messages are refused and end no call.',
    cure: 'Copy QSTASH_CURRENT_SIGNING_KEY and QSTASH_NEXT_SIGNING_KEY again.',
  },
  client_ip_unset: {
    result: 'warning',
    problem:
      'This site does not know which network a request comes from, so all guests share one guest’s minutes.',
    cure: 'Set CLIENT_IP_HEADER to the header in which your proxy writes the address of the client.',
  },
  client_ip_absent: {
    result: 'problem',
    problem:
      'This visit came without the header that CLIENT_IP_HEADER names, so all guests count as one network.',
    cure: 'Have the proxy set that header on every request, or correct its name.',
  },
  client_ip_unreadable: {
    result: 'problem',
    problem: 'The header that CLIENT_IP_HEADER names holds no address, so all guests count as one network.',
    cure: 'Name a header that holds an address or a list of them, such as x-real-ip or x-forwarded-for.',
  },
  client_ip_private: {
    result: 'warning',
    problem:
      'This visit came from an address of a private network. If that is a proxy’s, all guests count as one network.',
    cure: 'If you visit from outside, have each proxy hand on the address that the first one saw.',
  },
  budget_below_call: {
    result: 'problem',
    problem: 'The daily budget does not cover a single call: nobody may use more than a quarter of it.',
    cure: 'Raise VOICE_SITE_BUDGET_USD_PER_DAY, or lower VOICE_CALL_SECONDS.',
  },
  webhooks_stopped: {
    result: 'warning',
    problem: 'The receiver of the webhooks answered 410, so it gets none for 30 days.',
    cure: 'If it should get them, change VOICE_WEBHOOK_URL or VOICE_WEBHOOK_SECRET.',
  },
  webhooks_waiting: {
    result: 'warning',
    problem: 'The receiver of the webhooks did not take some of them. They are sent again, for three days.',
    cure: 'Read in the log what it answered: “a webhook was not delivered”.',
  },
} as const satisfies Record<string, Diagnosis> & Record<OddCode, Diagnosis>;

type OwnCode = keyof typeof DIAGNOSES;

/** Returns a finding for something that is wrong, or could not be looked at. */
export function diagnose(check: Check, code: OwnCode, details: readonly string[] = []): Finding {
  const { result, problem, cure } = DIAGNOSES[code];
  return { check, result, code, says: problem, cure, details: [...details] };
}

/** The same for what the health check knows. */
export const diagnoseHealth = (check: Check, code: HealthProblem): Finding => ({
  check,
  result: 'problem',
  code,
  says: PROBLEMS[code].problem,
  cure: PROBLEMS[code].cure,
  details: [],
});

/** The same for a refusal of the provider. */
export function diagnoseProvider(code: ProviderCause): Finding {
  const { problem, cure } = PROVIDER_CAUSES[code];
  return { check: 'provider', result: 'problem', code, says: problem, cure, details: [] };
}

/** Returns a finding where nothing is wrong. */
export const healthy = (check: Check, says: string, details: readonly string[] = []): Finding => ({
  check,
  result: 'ok',
  code: null,
  says,
  cure: null,
  details: [...details],
});
