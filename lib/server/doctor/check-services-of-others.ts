// Tested in services-of-others.test.
import 'server-only';
import { z } from 'zod';
import { discoveryUrl } from '@/lib/server/auth/providers/oidc';
import { diagnose, healthy } from '@/lib/server/doctor/diagnoses';
import { atMostOnceIn } from '@/lib/server/platform/at-most-once';
import { describeError } from '@/lib/server/platform/describe-error';
import { getEnv } from '@/lib/server/platform/env';
import { fetchSigningKey } from '@/lib/server/platform/qstash';
import { countWaiting } from '@/lib/server/webhooks/queue';
import { isStopped } from '@/lib/server/webhooks/stopped';
import type { Finding } from '@/lib/shared/owner/doctor';

const REMEMBER_MS = 10_000;
const TIMEOUT_MS = 5000;

/** Returns why nobody answered, such as `ENOTFOUND`. */
export function whyUnreachable(error: unknown): string[] {
  const { name, code, cause } = describeError(error);
  return [cause?.code ?? code ?? name];
}

const recentSigningKey = atMostOnceIn(REMEMBER_MS, fetchSigningKey);

/** Returns why QStash would end no call: it cannot be reached, refuses the token, or signs with another key. */
export async function findQstashTrouble(): Promise<Finding[]> {
  const { qstash } = getEnv();
  if (qstash === null) return [];
  try {
    const key = await recentSigningKey();
    if (key === null) return [diagnose('call_ends', 'qstash_refused')];
    return qstash.signingKeys.includes(key) ? [] : [diagnose('call_ends', 'qstash_keys_differ')];
  } catch (error) {
    return [diagnose('call_ends', 'qstash_unreachable', whyUnreachable(error))];
  }
}

const Discovery = z.object({ issuer: z.string() });

async function askDiscovery(issuer: string): Promise<Finding[]> {
  const url = discoveryUrl(issuer);
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const found = Discovery.safeParse(await response.json().catch(() => null)).data;
    if (!response.ok || !found) return [diagnose('sign_in', 'oidc_no_discovery', [url])];
    if (found.issuer.replace(/\/+$/, '') === issuer) return [];
    return [diagnose('sign_in', 'oidc_issuer_differs', [`it calls itself ${found.issuer}`])];
  } catch (error) {
    return [diagnose('sign_in', 'oidc_unreachable', whyUnreachable(error))];
  }
}

const recentDiscovery = atMostOnceIn(REMEMBER_MS, async () => {
  const { oidc } = getEnv().auth;
  return oidc === null ? [] : askDiscovery(oidc.issuer);
});

/** Returns why nobody would come in by the company's own sign-in, as far as can be seen without a person. */
export const findCompanyTrouble = (): Promise<Finding[]> => recentDiscovery();

/** Returns whether the receiver of webhooks takes them. Empty where none is set, or the database does not answer. */
export async function checkWebhooks(): Promise<Finding[]> {
  const { webhook, redis } = getEnv();
  if (webhook === null || redis === null) return [];
  try {
    if (await isStopped(webhook)) return [diagnose('webhooks', 'webhooks_stopped')];
    const count = await countWaiting();
    if (count > 0) return [diagnose('webhooks', 'webhooks_waiting', [`${count} waiting`])];
    return [healthy('webhooks', 'The receiver took all webhooks that were sent.')];
  } catch {
    // The check of the database says what is wrong with it.
    return [];
  }
}
