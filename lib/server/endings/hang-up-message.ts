// Tested in quiet-site.test.
import 'server-only';
import { DEADLINE_PATH, deliveryUrl, publishToOurselves } from '@/lib/server/platform/qstash';
import type { CallId } from '@/lib/shared/ids';

/** A message that came before its time by the clock of this server would find nothing due: see `cron-guards`. */
const MARGIN_MS = 5_000;

/**
 * Asks QStash, where it is configured, to come for a hang-up when it is due: on a site without other visits and without a
 * process that lives on, nobody else does. Throws what `publishToOurselves` throws.
 */
export async function publishHangUp(callId: CallId, dueMs: number): Promise<void> {
  if (!deliveryUrl(DEADLINE_PATH)) return;
  const id = `hang-up-${callId}-${dueMs}`;
  await publishToOurselves(DEADLINE_PATH, { callId }, { atMs: dueMs + MARGIN_MS, id });
}
