// Tested in trouble.test.
import 'server-only';
import { listDays, readDayCounts } from '@/lib/server/console/spend/day-counts';
import { listGivenUp } from '@/lib/server/endings/given-up';
import { utcDay } from '@/lib/server/money/utc-day';
import { AppError } from '@/lib/server/platform/app-error';
import { getRedis } from '@/lib/server/store/redis';
import { fromStore } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';
import { ERROR_STATUS, type ErrorCode } from '@/lib/shared/errors';
import type { SpendRange } from '@/lib/shared/owner/spend';
import type { RefusalSum, Trouble } from '@/lib/shared/owner/trouble';
import { isProviderCause, PROVIDER_CAUSES } from '@/lib/shared/provider-cause';

/** Hang-ups that are still tried stand early in the queue: each is due again within ten minutes. */
const LOOKED_AT = 200;

const isCode = (code: string): code is ErrorCode => Object.hasOwn(ERROR_STATUS, code);

function describe(cause: string): Pick<RefusalSum, 'says' | 'cure'> {
  const [code = '', provider] = cause.split(' ');
  if (isProviderCause(provider)) {
    const { problem, cure } = PROVIDER_CAUSES[provider];
    return { says: problem, cure };
  }
  return { says: isCode(code) ? new AppError(code).message : '', cure: null };
}

async function readRefusals(range: SpendRange, nowMs: number): Promise<RefusalSum[]> {
  const today = utcDay(nowMs);
  const sums = new Map<string, { count: number; today: number }>();
  for (const [field, value] of await readDayCounts(listDays(range, nowMs), storeKeys.refusals)) {
    const cause = field.slice(11);
    const sum = sums.get(cause) ?? { count: 0, today: 0 };
    const count = Number(value) || 0;
    sums.set(cause, { count: sum.count + count, today: sum.today + (field.startsWith(today) ? count : 0) });
  }
  return [...sums]
    .map(([cause, sum]) => ({ cause, ...sum, ...describe(cause) }))
    .toSorted((a, b) => b.count - a.count);
}

async function countStillTried(): Promise<number> {
  const queue = await fromStore(getRedis().zrange<unknown[]>(storeKeys.deadlines, 0, LOOKED_AT - 1));
  return queue.filter((member) => String(member).split('/').length === 2).length;
}

/** Returns what went wrong: at most eight commands, however much it was. Throws `store_unavailable`. */
export async function readTrouble(range: SpendRange, nowMs: number): Promise<Trouble> {
  const [refusals, givenUp, stillTried] = await Promise.all([
    readRefusals(range, nowMs),
    listGivenUp(),
    countStillTried(),
  ]);
  return { refusals, givenUp, stillTried };
}
