// Tested in quiet-site.test.
import 'server-only';
import { DEADLINE_PATH, deliveryUrl, publishToOurselves } from '@/lib/server/platform/qstash';
import type { CallId } from '@/lib/shared/ids';

/** Clocks differ a little: a message that arrives early by this server's clock would find nothing due. See `cron-guards`. */
const MARGIN_MS = 5_000;

/**
 * Asks QStash, where it is configured, to call when a hang-up is due: on a serverless site without visitors, nothing else
 * would. Throws what `publishToOurselves` throws.
 */
export async function publishHangUp(callId: CallId, dueMs: number): Promise<void> {
  if (!deliveryUrl(DEADLINE_PATH)) return;
  const id = `hang-up-${callId}-${dueMs}`;
  await publishToOurselves(DEADLINE_PATH, { callId }, { atMs: dueMs + MARGIN_MS, id });
}
