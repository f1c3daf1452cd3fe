// Tested in blocks.test.
import 'server-only';
import { FIND_CALLS } from '@/lib/server/console/blocks/block-scripts';
import { queueToken } from '@/lib/server/console/blocks/blocks';
import { endAllByAdmin } from '@/lib/server/endings/end-call';
import { runScript } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';
import { CallId, type UserId } from '@/lib/shared/ids';
import type { EndedCalls } from '@/lib/shared/owner/blocks';

/** So many are ended at once. Whoever has more asks again. */
const MOST = 100;
const LOOKED_AT = 100_000;

/** Hangs up the open calls of a person or a network, for an administrator. Throws `store_unavailable`. */
export async function endCallsOf(blockId: string, admin: UserId): Promise<EndedCalls> {
  const args = { token: queueToken(blockId), most: MOST, lookedAt: LOOKED_AT };
  const found = await runScript(FIND_CALLS, { deadlines: storeKeys.deadlines }, args);
  const callIds = found.flatMap((id) => CallId.safeParse(id).data ?? []);
  const failed = await endAllByAdmin(callIds, admin);
  return { ended: callIds.length - failed, failed };
}
