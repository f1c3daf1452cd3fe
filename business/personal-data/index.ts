import 'server-only';
import { eraseCustomer, exportCustomer } from '@/business/shop/diary/customer-data';
import { visitShop } from '@/business/shop/diary/shop-visit';
import type { User } from '@/lib/server/auth/user';

type Person = Pick<User, 'id' | 'role' | 'network'>;

/** What the business stores about a user, as the account page names it: "your calls, …". */
export const storedInWords = 'your appointments and repairs';

/** Returns it in the form of the user's export. Throws `store_unavailable`. */
export const readPersonalData = (person: Person): Promise<Record<string, unknown>> =>
  exportCustomer(visitShop(person, person.network));

/** Deletes it. Upcoming appointments are cancelled. Throws `store_unavailable`; trying again is safe. */
export const erasePersonalData = (person: Person): Promise<void> =>
  eraseCustomer(visitShop(person, person.network));
