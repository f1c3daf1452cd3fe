// Tested in host.test.
import 'server-only';
import type { Variables } from '@/lib/server/platform/env-schema';
import { isOnVercel, readHost } from '@/lib/server/platform/setup/host';
import { hasAccounts } from '@/lib/server/platform/setup/trust';

interface Facts {
  hasRedis: boolean;
  /** On the internet and at the site's expense. */
  deployed: boolean;
}

/** Returns what only a deployed site needs: its address, a way in, and something that ends calls. */
function listMissingDeployed(v: Variables): string[] {
  const missing: string[] = [];
  const knowsAddress = v.NEXTAUTH_URL || v.AUTH_TRUST_HOST || isOnVercel(v);
  // Without it the own address is `http://` and the name in `Host`: behind a TLS proxy every form would be refused.
  if (!knowsAddress) missing.push('NEXTAUTH_URL');
  if (!v.AUTH_GUEST && !hasAccounts(v)) missing.push('AUTH_GITHUB_ID', 'AUTH_GITHUB_SECRET');
  if (readHost(v).endsCallsBy === null) {
    missing.push('QSTASH_TOKEN', 'QSTASH_CURRENT_SIGNING_KEY', 'QSTASH_NEXT_SIGNING_KEY');
  }
  return missing;
}

/** Returns the names of the variables that a working site still needs. The setup page and the health check show them. */
export function listMissing(v: Variables, { hasRedis, deployed }: Facts): string[] {
  const missing: string[] = [];
  // Callers may bring their own key, but not where this server connects: it would have to keep it.
  const callersBringKeys = v.VOICE_ALLOW_REQUEST_KEY && v.VOICE_CONNECT !== 'relay';
  if (!v.OPENAI_API_KEY && !callersBringKeys) missing.push('OPENAI_API_KEY');
  if (!hasRedis) missing.push('UPSTASH_REDIS_REST_URL', 'UPSTASH_REDIS_REST_TOKEN');
  if (!v.AUTH_SECRET && !v.NEXTAUTH_SECRET) missing.push('AUTH_SECRET');
  return deployed ? [...missing, ...listMissingDeployed(v)] : missing;
}
