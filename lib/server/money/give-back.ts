import 'server-only';
import { setTimeout as wait } from 'node:timers/promises';
import { type LedgerCall, settle } from '@/lib/server/money/ledger';
import { afterResponse } from '@/lib/server/platform/background';

/** When the database is in trouble, giving back is tried again after these waits. */
const GIVE_BACK_WAITS_MS = [1000, 4000];

const release = (call: LedgerCall) => settle(call, { how: 'released' }, 'setup_failed', Date.now());

async function releaseLater(call: LedgerCall, [waitMs, ...more]: readonly number[]): Promise<unknown> {
  await wait(waitMs);
  return release(call).catch((error: unknown) => {
    if (more.length === 0) throw error;
    return releaseLater(call, more);
  });
}

/**
 * Gives back all that was reserved; while the database is in trouble, again after the response. Also refuses a
 * reservation that is still on its way there. Never throws.
 */
export const giveBack = (call: LedgerCall): Promise<unknown> =>
  release(call).catch(() => afterResponse('give back', () => releaseLater(call, GIVE_BACK_WAITS_MS)));
