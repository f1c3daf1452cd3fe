// Tested in spend.test.
import 'server-only';
import { agentTitle } from '@/lib/server/agents/lookup';
import { listDays } from '@/lib/server/console/spend/day-counts';
import { readSpendRows } from '@/lib/server/console/spend/read-spend';
import type { SpendRange } from '@/lib/shared/owner/spend';
import { MICRO_USD } from '@/lib/shared/prices';

const HEAD = ['day', 'agent', 'agent_title', 'role', 'calls', 'seconds', 'planned_usd'];

/**
 * Returns the table for a spreadsheet: a row for each day, agent and role with calls. It is bounded by the days, not by the
 * calls. Throws `store_unavailable`.
 */
export async function listSpendCells(range: SpendRange, nowMs: number): Promise<(string | number)[][]> {
  const rows = await readSpendRows(listDays(range, nowMs));
  return [
    HEAD,
    ...rows.map(({ day, agent, role, calls, seconds, microUsd }) => [
      day,
      agent,
      agentTitle(agent),
      role,
      calls,
      seconds,
      microUsd / MICRO_USD,
    ]),
  ];
}
