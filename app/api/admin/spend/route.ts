import { requirePermission, requireUser } from '@/lib/server/auth/require-user';
import { respondCsv } from '@/lib/server/console/csv';
import { readRange } from '@/lib/server/console/spend/range';
import { listSpendCells } from '@/lib/server/console/spend/spend-csv';
import { handle } from '@/lib/server/http/handle';

/** For administrators: what was spent, by day, agent and role. 200 with CSV. `?days=`: 7, 30, 90 or 400. */
export const GET = handle({ perMinute: 12 }, async (request) => {
  requirePermission(await requireUser(), 'calls:end');
  const range = readRange(new URL(request.url).searchParams.get('days'));
  return respondCsv(`spend-${range}-days.csv`, await listSpendCells(range, Date.now()));
});
