import { utcDay } from '@/lib/server/money/utc-day';
import { getRedis } from '@/lib/server/store/redis';
import { storeKeys } from '@/lib/server/store/store-keys';

/** Returns what an account (a user, `network_…`, `guests`, `site`) has spent and holds on a day, today by default. */
export async function readSums(
  id: string,
  day = utcDay(Date.now()),
): Promise<{ spent: number; held: number }> {
  const sums = await getRedis().hmget<Record<string, number>>(
    storeKeys.books(day),
    `${id}:spent`,
    `${id}:held`,
  );
  return { spent: sums?.[`${id}:spent`] ?? 0, held: sums?.[`${id}:held`] ?? 0 };
}

/** Lets an account have spent so much today. */
export const setSpent = (id: string, spent: number): Promise<unknown> =>
  getRedis().hset(storeKeys.books(utcDay(Date.now())), { [`${id}:spent`]: spent });

/** Returns the connections that have to be hung up, as `hangUpEntry` writes them. */
export const listHangUps = async (): Promise<string[]> => {
  const queue = await getRedis().zrange<string[]>(storeKeys.deadlines, 0, -1);
  return queue.filter((member) => member.includes('/'));
};
