// Tested in end-call.test and console/trouble/trouble.test.
import 'server-only';
import { HangUpEntry } from '@/lib/server/endings/hang-up-entry';
import { getRedis } from '@/lib/server/store/redis';
import { fromStore } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';
import type { CallId, RtcCallId } from '@/lib/shared/ids';

const KEEP_SECONDS = 30 * 24 * 3600;
/** Only the latest are kept: if hang-ups fail, all of them do. */
const MOST = 200;

interface GivenUp {
  callId: CallId;
  rtcCallId: RtcCallId;
  /** When it was tried for the last time. */
  sinceMs: number;
}

/** Notes for the owner that a hang-up was given up. Throws `store_unavailable`. */
export async function noteGivenUp(entry: string, nowMs: number): Promise<void> {
  const redis = getRedis();
  const noting = [
    redis.zadd(storeKeys.givenUp, { score: nowMs, member: entry }),
    redis.zremrangebyrank(storeKeys.givenUp, 0, -1 - MOST),
    redis.expire(storeKeys.givenUp, KEEP_SECONDS),
  ];
  await fromStore(Promise.all(noting));
}

/** Returns the hang-ups that were given up, latest first. Sends one command. Throws `store_unavailable`. */
export async function listGivenUp(): Promise<GivenUp[]> {
  const range = getRedis().zrange<(string | number)[]>(storeKeys.givenUp, 0, MOST - 1, {
    rev: true,
    withScores: true,
  });
  const pairs = await fromStore(range);
  return pairs.flatMap((member, i) => {
    const entry = i % 2 === 0 ? HangUpEntry.safeParse(String(member).split('/')).data : undefined;
    return entry ? [{ callId: entry[0], rtcCallId: entry[1], sinceMs: Number(pairs[i + 1]) }] : [];
  });
}

/** Returns whether this hang-up was given up and has not succeeded since. Throws `store_unavailable`. */
export const isGivenUp = async (entry: string): Promise<boolean> =>
  (await fromStore(getRedis().zscore(storeKeys.givenUp, entry))) !== null;

/** Takes a hang-up off the list. Throws `store_unavailable`. */
export const forgetGivenUp = (entry: string): Promise<unknown> =>
  fromStore(getRedis().zrem(storeKeys.givenUp, entry));
