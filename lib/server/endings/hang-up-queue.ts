import 'server-only';
import { z } from 'zod';
import { hangUp } from '@/lib/server/openai';
import { runUnattended } from '@/lib/server/platform/background';
import { audit } from '@/lib/server/records/audit';
import { type CallRecord, readCall } from '@/lib/server/records/stored-call';
import { getRedis } from '@/lib/server/store/redis';
import { fromStore } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';
import { CallId, RtcCallId } from '@/lib/shared/ids';

/** The provider ends every connection after 60 minutes, so after two hours there is nothing left to hang up. */
const GIVE_UP_MS = 2 * 3600 * 1000;
const LONGEST_WAIT_MS = 600_000;

/** A connection of a call in the queue of hang-ups. The scripts of the ledger write the same. */
export const hangUpEntry = (callId: CallId, rtcCallId: RtcCallId): string => `${callId}/${rtcCallId}`;

/** Ends a connection that its call does not have, or no more. When that fails, the reaper goes on. Never throws. */
export async function hangUpStray(callId: CallId, rtcCallId: RtcCallId): Promise<void> {
  if ((await hangUp(rtcCallId)) !== 'failed') return;
  const entry = { score: Date.now(), member: hangUpEntry(callId, rtcCallId) };
  await runUnattended('queue hang-up', () => fromStore(getRedis().zadd(storeKeys.hangUps, entry)));
}

/** As long as it has been tried already, so that a provider that stays down is asked ever less often. */
const nextTryMs = (call: CallRecord, nowMs: number, leastMs: number): number =>
  nowMs + Math.min(LONGEST_WAIT_MS, Math.max(leastMs, call.state === 'ended' ? nowMs - call.endedAtMs : 0));

/** Tries to hang up once more. It is tried again later, after `leastMs` or more, until there can be nothing left. */
export async function retryHangUp(entry: string, leastMs: number): Promise<void> {
  const [callId, rtcCallId] = z.tuple([CallId, RtcCallId]).parse(entry.split('/'));
  const call = await readCall(callId);
  const nowMs = Date.now();
  const inTime = call !== null && nowMs - call.startedAtMs < GIVE_UP_MS;
  if (inTime && (await hangUp(rtcCallId)) === 'failed') {
    const next = { score: nextTryMs(call, nowMs, leastMs), member: entry };
    await fromStore(getRedis().zadd(storeKeys.hangUps, { xx: true }, next));
    return;
  }
  if (!inTime) audit({ event: 'hang_up_given_up', rtcCallId });
  await fromStore(getRedis().zrem(storeKeys.hangUps, entry));
}
