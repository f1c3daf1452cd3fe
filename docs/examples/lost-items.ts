import 'server-only';
import type { User } from '@/lib/server/auth/user';
import { getRedis } from '@/lib/server/store/redis';
import { fromStore } from '@/lib/server/store/run-script';

const keyOf = ({ id }: Pick<User, 'id'>) => `lost-items:${id}`;

/** Returns what a visitor reported. Throws `store_unavailable`. */
export const listLostItems = (visitor: Pick<User, 'id'>): Promise<string[]> =>
  fromStore(getRedis().smembers(keyOf(visitor)));

/** Deletes it. Throws `store_unavailable`; trying again is safe. */
export const forgetLostItems = async (visitor: Pick<User, 'id'>): Promise<void> => {
  await fromStore(getRedis().del(keyOf(visitor)));
};
