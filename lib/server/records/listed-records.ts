// Tested in call-history.test.
import 'server-only';
import type { z } from 'zod';
import { getRedis } from '@/lib/server/store/redis';
import { fromStore } from '@/lib/server/store/run-script';
import type { CallId, UserId } from '@/lib/shared/ids';

interface Listed<Stored extends { owner: UserId }> {
  /** Key of a sorted set of call ids. */
  list: string;
  most: number;
  keyOf: (callId: CallId) => string;
  schema: z.ZodType<Stored>;
}

/** Returns the user's own records of the listed calls, the latest first: two requests. Throws `store_unavailable`. */
export async function readListed<Stored extends { owner: UserId }>(
  userId: UserId,
  { list, most, keyOf, schema }: Listed<Stored>,
): Promise<{ callId: CallId; stored: Stored }[]> {
  const redis = getRedis();
  const callIds = await fromStore(redis.zrange<CallId[]>(list, 0, most - 1, { rev: true }));
  if (callIds.length === 0) return [];
  const records = await fromStore(redis.mget<unknown[]>(...callIds.map(keyOf)));
  return callIds.flatMap((callId, index) => {
    const stored = schema.safeParse(records[index]).data;
    return stored?.owner === userId ? [{ callId, stored }] : [];
  });
}
