import 'server-only';
import { z } from 'zod';
import { bookingCode } from '@/business/shop/diary/booking-code';
import { firstHistory } from '@/business/shop/diary/first-history';
import { keepCustomerSeconds, shopKeys } from '@/business/shop/diary/shop-keys';
import { OPEN_CUSTOMER_FILE } from '@/business/shop/diary/shop-scripts';
import type { ShopVisit } from '@/business/shop/diary/shop-visit';
import { StoredAppointment, StoredRepair } from '@/business/shop/diary/stored-records';
import { wallClock } from '@/business/shop/shop-clock';
import { runScript } from '@/lib/server/store/run-script';

/** `number` counts all bookings and repairs of the shop; `code` is the same for people. */
type Numbered<Stored> = Stored & { number: number; code: string };

/** What Redis answers to HGETALL in a script: number, item, number, item… */
const numbered = <Stored extends z.ZodObject>(item: Stored) =>
  z.array(z.unknown()).transform((flat): Numbered<z.output<Stored>>[] => {
    const numbers = z.array(z.coerce.number().int()).parse(flat.filter((_, i) => i % 2 === 0));
    const items = z.array(item).parse(flat.filter((_, i) => i % 2 === 1));
    return items.map((stored, i) => ({
      ...stored,
      number: numbers[i] ?? 0,
      code: bookingCode(numbers[i] ?? 0),
    }));
  });

const CustomerFile = z.tuple([numbered(StoredAppointment), numbered(StoredRepair)]);

export interface CustomerFile {
  appointments: Numbered<StoredAppointment>[];
  repairs: Numbered<StoredRepair>[];
}

/** All that the shop knows of a customer, in one request. A new customer gets a history first. Throws `store_unavailable`. */
export async function readCustomerFile(visit: ShopVisit): Promise<CustomerFile> {
  const { user, now, timeZone } = visit;
  const history = firstHistory(user.id, wallClock(now, timeZone).day);
  const [appointments, repairs] = await runScript(
    OPEN_CUSTOMER_FILE,
    [shopKeys.appointments(user.id), shopKeys.repairs(user.id), shopKeys.lastNumber],
    [
      keepCustomerSeconds(user.role),
      JSON.stringify(history.pastAppointment),
      JSON.stringify(history.finishedRepair),
      JSON.stringify(history.currentRepair),
    ],
    CustomerFile,
  );
  return { appointments, repairs };
}
