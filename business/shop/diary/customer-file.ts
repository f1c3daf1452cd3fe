import 'server-only';
import { z } from 'zod';
import { bookingCode } from '@/business/shop/diary/booking-code';
import { firstHistory } from '@/business/shop/diary/first-history';
import { keepCustomerSeconds, shopKeys } from '@/business/shop/diary/shop-keys';
import type { ShopVisit } from '@/business/shop/diary/shop-visit';
import { StoredAppointment, StoredRepair } from '@/business/shop/diary/stored-records';
import { wallClock } from '@/business/shop/shop-clock';
import { defineScript, runScript } from '@/lib/server/store/run-script';

/** `number` counts all bookings and repairs of the shop; `code` is its spoken form. */
type Numbered<Stored> = Stored & { number: number; code: string };

/** What HGETALL returns in a script: number, item, number, item… */
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

/** Returns a customer's appointments and repairs. Gives a new customer a history first, once, even when requests race. */
const OPEN_CUSTOMER_FILE = defineScript({
  keys: ['appointments', 'repairs', 'lastNumber'],
  args: ['keepSeconds', 'pastAppointmentJson', 'finishedRepairJson', 'currentRepairJson'],
  reply: z.tuple([numbered(StoredAppointment), numbered(StoredRepair)]),
  lua: `
if redis.call('EXISTS', KEY.repairs) == 0 then
  local last = redis.call('INCRBY', KEY.lastNumber, 2)
  local past, current = string.format('%.0f', last - 1), string.format('%.0f', last)
  redis.call('HSET', KEY.appointments, past, ARG.pastAppointmentJson)
  redis.call('HSET', KEY.repairs, past, ARG.finishedRepairJson, current, ARG.currentRepairJson)
end
redis.call('EXPIRE', KEY.appointments, ARG.keepSeconds)
redis.call('EXPIRE', KEY.repairs, ARG.keepSeconds)
return {redis.call('HGETALL', KEY.appointments), redis.call('HGETALL', KEY.repairs)}
`,
});

export interface CustomerFile {
  appointments: Numbered<StoredAppointment>[];
  repairs: Numbered<StoredRepair>[];
}

/** Returns all that the shop stores about a customer. Gives a new one a history first. One request. Throws `store_unavailable`. */
export async function readCustomerFile(visit: ShopVisit): Promise<CustomerFile> {
  const { user, now, timeZone } = visit;
  const history = firstHistory(user.id, wallClock(now, timeZone).day);
  const [appointments, repairs] = await runScript(
    OPEN_CUSTOMER_FILE,
    {
      appointments: shopKeys.appointments(user.id),
      repairs: shopKeys.repairs(user.id),
      lastNumber: shopKeys.lastNumber,
    },
    {
      keepSeconds: keepCustomerSeconds(user.role),
      pastAppointmentJson: JSON.stringify(history.pastAppointment),
      finishedRepairJson: JSON.stringify(history.finishedRepair),
      currentRepairJson: JSON.stringify(history.currentRepair),
    },
  );
  return { appointments, repairs };
}
