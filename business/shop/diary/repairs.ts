import 'server-only';
import { readCustomerFile } from '@/business/shop/diary/customer-file';
import type { ShopVisit } from '@/business/shop/diary/shop-visit';
import type { StoredRepair } from '@/business/shop/diary/stored-records';
import { type ShopDay, wallClock } from '@/business/shop/shop-clock';

export type RepairStage = 'in_progress' | 'ready' | 'collected';

export interface Repair {
  /** The code on the bike's ticket: "amber 42". */
  code: string;
  bike: string;
  work: string;
  stage: RepairStage;
  receivedDay: ShopDay;
  readyDay: ShopDay;
  pricePounds: number;
}

function stageOn(today: ShopDay, { readyDay, collectedDay }: StoredRepair): RepairStage {
  if (collectedDay !== null) return 'collected';
  return today >= readyDay ? 'ready' : 'in_progress';
}

/** Returns a customer's repairs, the latest first. One request. Throws `store_unavailable`. */
export async function listRepairs(visit: ShopVisit): Promise<Repair[]> {
  const today = wallClock(visit.now, visit.timeZone).day;
  const { repairs } = await readCustomerFile(visit);
  return repairs
    .toSorted((a, b) => b.receivedDay.localeCompare(a.receivedDay))
    .map((repair) => ({
      code: repair.code,
      bike: repair.bike,
      work: repair.work,
      stage: stageOn(today, repair),
      receivedDay: repair.receivedDay,
      readyDay: repair.readyDay,
      pricePounds: repair.pricePounds,
    }));
}
