import { type CallRow, CallRows } from '@/components/calls/call-rows';
import { type CallsFilter, matches } from '@/components/calls/calls-filter';
import { NoCalls } from '@/components/calls/no-calls';
import { agentTitle } from '@/lib/server/agents/lookup';
import { listPastCalls, type PastCall } from '@/lib/server/records/call-history';
import type { UserId } from '@/lib/shared/ids';

const toCallRow = ({ callId, agent, startedAtMs, reason, seconds, done }: PastCall): CallRow => ({
  callId,
  agentTitle: agentTitle(agent),
  startedAtMs,
  reason,
  seconds,
  done,
});

/** Reads the user's past calls and shows those that match the filter. */
export async function PastCalls({ userId, filter }: { userId: UserId; filter: CallsFilter }) {
  const past = await listPastCalls(userId);
  const rows = past.filter((call) => matches(filter, call)).map(toCallRow);
  if (rows.length === 0) return <NoCalls filtered={past.length > 0} />;
  return <CallRows rows={rows} />;
}
