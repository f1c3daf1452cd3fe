import 'server-only';
import type { User } from '@/lib/server/auth/user';
import { forgetLostItems, listLostItems } from './lost-items';

type Person = Pick<User, 'id' | 'role' | 'network'>;

/** What the business stores about a user, as the account page names it: "your calls, …". */
export const storedInWords = 'the items you reported';

/** Returns it in the form of the user's export. Throws `store_unavailable`. */
export const readPersonalData = async (person: Person): Promise<Record<string, unknown>> => ({
  lostItems: await listLostItems(person),
});

/** Deletes it. Throws `store_unavailable`; trying again is safe. */
export const erasePersonalData = (person: Person): Promise<void> => forgetLostItems(person);
