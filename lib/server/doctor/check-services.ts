import 'server-only';
import { listAgentsFor } from '@/lib/server/agents/lookup';
import { composeSession } from '@/lib/server/agents/session-policy';
import { diagnose, diagnoseHealth, diagnoseProvider, healthy } from '@/lib/server/doctor/diagnoses';
import { probeProvider } from '@/lib/server/openai';
import { atMostOnceIn } from '@/lib/server/platform/at-most-once';
import { getEnv } from '@/lib/server/platform/env';
import { checkStore } from '@/lib/server/store/check-store';
import type { Finding } from '@/lib/shared/owner/doctor';

const REMEMBER_MS = 10_000;
/** `Date` has whole seconds, and the answer takes a while. */
const ALLOWED_SKEW_MS = 30_000;

/** Somebody who presses a button again and again sends one request. */
const recentProbe = atMostOnceIn(REMEMBER_MS, () => probeProvider(composeSession(listAgentsFor('admin')[0])));
const recentStoreCheck = atMostOnceIn(REMEMBER_MS, checkStore);

function compareClock(providerMs: number | null): Finding {
  if (providerMs === null) return diagnose('clock', 'clock_unknown');
  const aheadMs = Date.now() - providerMs;
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  if (Math.abs(aheadMs) > ALLOWED_SKEW_MS) {
    return diagnose('clock', 'clock_wrong', [`${seconds} seconds ${aheadMs > 0 ? 'ahead' : 'behind'}`]);
  }
  return healthy('clock', 'The clock agrees with that of the voice service.');
}

/**
 * Asks the voice service for a secret with the policy of the default agent, which is thrown away: key, model, voice and
 * settings are tried, and nothing is spent.
 */
export async function checkProvider(): Promise<Finding[]> {
  const { openai, realtime, missing } = getEnv();
  if (openai.apiKey === null) {
    const isMissing = missing.includes('OPENAI_API_KEY');
    return isMissing
      ? [diagnose('provider', 'key_missing')]
      : [healthy('provider', 'Callers bring keys of their own.')];
  }
  const { cause, dateMs } = await recentProbe();
  const answer =
    cause === null
      ? healthy('provider', 'The voice service accepts the key, the model and the settings.', [
          realtime.model,
        ])
      : diagnoseProvider(cause);
  return [answer, compareClock(dateMs)];
}

/** Writes to the database, and runs a script there. */
export async function checkDatabase(): Promise<Finding[]> {
  if (getEnv().redis === null) return [diagnose('database', 'database_missing')];
  const problem = await recentStoreCheck();
  if (problem !== null) return [diagnoseHealth('database', problem)];
  return [healthy('database', 'The database accepts writes, runs scripts and does not drop keys.')];
}
