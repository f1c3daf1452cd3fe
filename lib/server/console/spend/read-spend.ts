// Tested in spend.test.
import 'server-only';
import { z } from 'zod';
import { agentTitle } from '@/lib/server/agents/lookup';
import { listDays, readDayCounts } from '@/lib/server/console/spend/day-counts';
import { utcDay } from '@/lib/server/money/utc-day';
import { getEnv } from '@/lib/server/platform/env';
import { getRedis } from '@/lib/server/store/redis';
import { fromStore } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';
import type { Spend, SpendOf, SpendRange, SpendSums } from '@/lib/shared/owner/spend';
import { toMicroUsd } from '@/lib/shared/prices';

/** What the calls of one agent and one role came to on a day. */
export interface SpendRow extends SpendSums {
  day: string;
  /** Its name, not its title. */
  agent: string;
  role: string;
}

const COUNTS = /^(\d+) (\d+) (\d+)$/;
const NOTHING: SpendSums = { calls: 0, seconds: 0, microUsd: 0 };

function parseRow([field, value]: [string, string]): SpendRow[] {
  const [day = '', agent = '', role = ''] = field.split(' ');
  const counts = COUNTS.exec(value);
  if (!counts) return [];
  const [calls = 0, seconds = 0, microUsd = 0] = counts.slice(1).map(Number);
  return [{ day, agent, role, calls, seconds, microUsd }];
}

/**
 * Returns what the calls of the last days came to, the oldest day first. At most six commands, however many calls there were.
 * Throws `store_unavailable`.
 */
export async function readSpendRows(days: readonly string[]): Promise<SpendRow[]> {
  const rows = (await readDayCounts(days, storeKeys.spend)).flatMap(parseRow);
  return rows.toSorted((a, b) =>
    `${a.day} ${a.agent} ${a.role}` < `${b.day} ${b.agent} ${b.role}` ? -1 : 1,
  );
}

const add = (a: SpendSums, b: SpendSums): SpendSums => ({
  calls: a.calls + b.calls,
  seconds: a.seconds + b.seconds,
  microUsd: a.microUsd + b.microUsd,
});

function sumBy<Name extends string>(
  rows: readonly SpendRow[],
  name: Name,
  nameOf: (row: SpendRow) => string,
): SpendOf<Name>[] {
  const sums = new Map<string, SpendSums>();
  for (const row of rows) sums.set(nameOf(row), add(sums.get(nameOf(row)) ?? NOTHING, row));
  const named = [...sums].map(([key, sum]) => ({ ...sum, [name]: key }) as SpendOf<Name>);
  return named.toSorted((a, b) => b.microUsd - a.microUsd || b.seconds - a.seconds);
}

const Sum = z.coerce.number().int().catch(0);

async function readToday(day: string): Promise<Spend['today']> {
  const fields = ['site:spent', 'site:held'] as const;
  const sums = await fromStore(getRedis().hmget<Record<string, unknown>>(storeKeys.books(day), ...fields));
  return {
    budgetMicroUsd: toMicroUsd(getEnv().voice.siteBudgetUsdPerDay),
    spentMicroUsd: Sum.parse(sums?.['site:spent']),
    heldMicroUsd: Sum.parse(sums?.['site:held']),
  };
}

/**
 * Returns what was spent today and in the last days: by day, by agent and by role. At most seven commands, however many calls
 * there were. Throws `store_unavailable`.
 */
export async function readSpend(range: SpendRange, nowMs: number): Promise<Spend> {
  const days = listDays(range, nowMs);
  const [rows, today] = await Promise.all([readSpendRows(days), readToday(utcDay(nowMs))]);
  const byDay = new Map(sumBy(rows, 'day', ({ day }) => day).map((sum) => [sum.day, sum]));
  return {
    total: rows.reduce<SpendSums>(add, NOTHING),
    days: days.map((day) => byDay.get(day) ?? { ...NOTHING, day }),
    agents: sumBy(rows, 'title', ({ agent }) => agentTitle(agent)),
    roles: sumBy(rows, 'role', ({ role }) => role),
    today,
  };
}
