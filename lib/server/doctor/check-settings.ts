import 'server-only';
import { findQstashTrouble } from '@/lib/server/doctor/check-services-of-others';
import { diagnose, diagnoseHealth, healthy } from '@/lib/server/doctor/diagnoses';
import { lookAtSweeps } from '@/lib/server/endings/last-sweep';
import { getEnv } from '@/lib/server/platform/env';
import { shareSeconds } from '@/lib/server/platform/setup/budget-notes';
import type { CallEnder } from '@/lib/shared/health';
import type { Finding } from '@/lib/shared/owner/doctor';

/** Returns what is odd or doubtful in the environment. */
export function checkSettings(): Finding[] {
  const { odd, notes } = getEnv();
  const findings = [
    ...odd.map(({ code, names }) => diagnose('settings', code, names)),
    ...notes.map((note) => diagnose('settings', 'settings_doubtful', [note])),
  ];
  return findings.length > 0 ? findings : [healthy('settings', 'No setting looks like a mistake.')];
}

const ENDED_BY: Record<CallEnder, string> = {
  timer: 'A timer of this process ends each call on time.',
  qstash: 'QStash ends each call on time.',
  cron: 'A scheduler ends overdue calls.',
};

/** Returns what ends calls on this host, and whether it still does. */
export async function checkCallEnds(): Promise<Finding[]> {
  const { host, redis } = getEnv();
  if (host.endsCallsBy === null) return [diagnose('call_ends', 'ender_missing')];
  if (host.endsCallsBy === 'cron' && redis !== null) {
    const { problems } = await lookAtSweeps();
    if (problems.length > 0) return problems.map((code) => diagnoseHealth('call_ends', code));
  }
  const trouble = await findQstashTrouble();
  return trouble.length > 0 ? trouble : [healthy('call_ends', ENDED_BY[host.endsCallsBy])];
}

/** Returns whether the budget of a day pays for a call. */
export function checkBudget(): Finding[] {
  const { voice, realtime, sandbox } = getEnv();
  if (sandbox) return [healthy('budget', 'Calls with the sandbox cost nothing.')];
  const { siteBudgetUsdPerDay, callSeconds } = voice;
  const seconds = shareSeconds({ siteBudgetUsdPerDay, model: realtime.model });
  if (seconds < callSeconds) {
    const details = [
      `$${siteBudgetUsdPerDay} a day: ${seconds} seconds for one person`,
      `a call: ${callSeconds} seconds`,
    ];
    return [diagnose('budget', 'budget_below_call', details)];
  }
  return [healthy('budget', 'The daily budget covers calls.', [`$${siteBudgetUsdPerDay} a day`])];
}
