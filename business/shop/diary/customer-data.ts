import 'server-only';
import { z } from 'zod';
import { releaseAppointment } from '@/business/shop/diary/appointments';
import { bookingCode } from '@/business/shop/diary/booking-code';
import { shopKeys } from '@/business/shop/diary/shop-keys';
import type { ShopVisit } from '@/business/shop/diary/shop-visit';
import { StoredAppointment, StoredRepair } from '@/business/shop/diary/stored-records';
import { fromStore } from '@/lib/server/store/run-script';

/** Reads a customer's file as it is: unlike a visit, this gives a new customer no history. */
async function readStored({ user, redis }: ShopVisit) {
  const [appointments, repairs] = await fromStore(
    Promise.all([
      redis.hgetall<Record<string, unknown>>(shopKeys.appointments(user.id)),
      redis.hgetall<Record<string, unknown>>(shopKeys.repairs(user.id)),
    ]),
  );
  return {
    appointments: Object.entries(z.record(z.string(), StoredAppointment).parse(appointments ?? {})),
    repairs: Object.entries(z.record(z.string(), StoredRepair).parse(repairs ?? {})),
  };
}

const withCode = <Stored>([number, stored]: [string, Stored]) => ({
  code: bookingCode(Number(number)),
  ...stored,
});

/** Returns a customer's appointments and repairs as they are stored. Throws `store_unavailable`. */
export async function exportCustomer(visit: ShopVisit): Promise<Record<string, unknown>> {
  const { appointments, repairs } = await readStored(visit);
  return { appointments: appointments.map(withCode), repairs: repairs.map(withCode) };
}

/** Deletes a customer's file, and frees the times that they had booked. Throws `store_unavailable`. */
export async function eraseCustomer(visit: ShopVisit): Promise<void> {
  const { user, redis } = visit;
  const { appointments } = await readStored(visit);
  await Promise.all(
    appointments.map(([number, stored]) => releaseAppointment(visit, Number(number), stored)),
  );
  await fromStore(redis.del(shopKeys.appointments(user.id), shopKeys.repairs(user.id)));
}
