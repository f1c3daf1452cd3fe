import 'server-only';
import type { StoredAppointment, StoredRepair } from '@/business/shop/diary/stored-records';
import { openDayBefore, openDaysAfter } from '@/business/shop/opening-hours';
import { addDays, formatMoment, type ShopDay } from '@/business/shop/shop-clock';

const BIKES = ['blue touring bike', 'red city bike', 'green gravel bike', 'black folding bike'];
const REPAIRS = [
  { work: 'a new chain', pricePounds: 38 },
  { work: 'new brake pads', pricePounds: 42 },
  { work: 'a rebuilt rear wheel', pricePounds: 85 },
];

/** Picks an item, always the same one for the same text. */
function pick<Item>(items: readonly Item[], text: string): Item {
  let sum = 0;
  for (const character of text) sum += character.codePointAt(0) ?? 0;
  const item = items[sum % items.length];
  if (item === undefined) throw new RangeError('There is nothing to pick from.');
  return item;
}

export interface FirstHistory {
  pastAppointment: StoredAppointment;
  /** Of the past appointment. */
  finishedRepair: StoredRepair;
  currentRepair: StoredRepair;
}

/** Returns the appointments and repairs that a new customer of the demo already has. */
export function firstHistory(userId: string, today: ShopDay): FirstHistory {
  const bike = pick(BIKES, userId);
  const tuneUpDay = openDayBefore(addDays(today, -20));
  const broughtIn = openDayBefore(today);
  const [, readyDay = today] = openDaysAfter(today, 2);
  return {
    pastAppointment: {
      service: 'tune-up',
      at: formatMoment({ day: tuneUpDay, minutes: 10 * 60 }),
      lengthMinutes: 45,
      pricePounds: 65,
    },
    finishedRepair: {
      bike,
      work: 'a tune-up',
      pricePounds: 65,
      receivedDay: tuneUpDay,
      readyDay: tuneUpDay,
      collectedDay: tuneUpDay,
    },
    currentRepair: { bike, ...pick(REPAIRS, userId), receivedDay: broughtIn, readyDay, collectedDay: null },
  };
}
