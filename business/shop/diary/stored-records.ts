import 'server-only';
import { z } from 'zod';
import { isShopDay } from '@/business/shop/shop-clock';

const Day = z.string().refine(isShopDay);

/** As stored. `at` is a wall-clock moment of the shop, such as `2026-11-27T10:00`. */
export const StoredAppointment = z.object({
  service: z.string(),
  at: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/),
  lengthMinutes: z.number(),
  pricePounds: z.number(),
});
export type StoredAppointment = z.infer<typeof StoredAppointment>;

/** As stored. Its progress follows from the days, so nothing updates it. */
export const StoredRepair = z.object({
  bike: z.string(),
  work: z.string(),
  pricePounds: z.number(),
  receivedDay: Day,
  readyDay: Day,
  collectedDay: Day.nullable(),
});
export type StoredRepair = z.infer<typeof StoredRepair>;
