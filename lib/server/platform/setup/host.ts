import 'server-only';
import type { Variables } from '@/lib/server/platform/env-schema';
import type { CallEnder, HostKind } from '@/lib/shared/health';

/** Returns whether this is a developer's machine whose `.env.local` is `vercel env pull`'s: `VERCEL=1`, and this environment. */
const isPulled = (v: Variables) => v.VERCEL !== undefined && v.VERCEL_ENV === 'development';

export const isOnVercel = (v: Variables) => v.VERCEL !== undefined && !isPulled(v);

/** A deployment of a branch, under an address of its own. */
export const isPreview = (v: Variables) => isOnVercel(v) && v.VERCEL_ENV === 'preview';

/**
 * Returns the address that the environment gives to this very site. A preview, and a machine that pulled its settings,
 * have the production's in it.
 */
export const readOwnUrl = (v: Variables): string | null =>
  isPreview(v) || isPulled(v) ? null : (v.NEXTAUTH_URL ?? null);

/** Cloud Run and AWS Lambda (Amplify and Netlify use it) say so themselves. Other hosts do not: see `PARLEY_KEEPS_RUNNING`. */
const isKnownServerless = (v: Variables) =>
  v.K_SERVICE !== undefined || v.AWS_LAMBDA_FUNCTION_NAME !== undefined;

function readKind(v: Variables): HostKind {
  if (isOnVercel(v)) return 'vercel';
  return (v.PARLEY_KEEPS_RUNNING ?? !isKnownServerless(v)) ? 'process' : 'serverless';
}

/** Returns the host, and what ends calls there. `null`: nothing does, so a call could talk for an hour unseen. */
export function readHost(v: Variables): { kind: HostKind; endsCallsBy: CallEnder | null } {
  const kind = readKind(v);
  if (kind === 'process') return { kind, endsCallsBy: 'timer' };
  if (v.QSTASH_TOKEN) return { kind, endsCallsBy: 'qstash' };
  return { kind, endsCallsBy: v.CRON_SECRET && v.CRON_INTERVAL_SECONDS ? 'cron' : null };
}
