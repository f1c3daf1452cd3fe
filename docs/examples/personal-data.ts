import 'server-only';
import type { User } from '@/lib/server/auth/user';
import { getRedis } from '@/lib/server/store/redis';
import { fromStore } from '@/lib/server/store/run-script';

type Person = Pick<User, 'id' | 'role' | 'network'>;

const lostItemsKey = ({ id }: Person) => `lost-items:${id}`;

/** What the business stores about a user, as the account page names it: "your calls, …". */
export const storedInWords = 'the items you reported';

/** Returns it in the form of the user's export. Throws `store_unavailable`. */
export const readPersonalData = async (person: Person): Promise<Record<string, unknown>> => ({
  lostItems: await fromStore(getRedis().smembers(lostItemsKey(person))),
});

/** Deletes it. Throws `store_unavailable`; trying again is safe. */
export const erasePersonalData = async (person: Person): Promise<void> => {
  await fromStore(getRedis().del(lostItemsKey(person)));
};
