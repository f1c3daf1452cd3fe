import 'server-only';
import { lookAtSweeps, recentLateSweep } from '@/lib/server/endings/last-sweep';
import { getEnv } from '@/lib/server/platform/env';
import { isDraining } from '@/lib/server/platform/shutdown';
import { checkStore } from '@/lib/server/store/check-store';
import type { DeepHealth, Health } from '@/lib/shared/contract';

/** Returns whether calls can be opened, and will be ended, as far as anyone may know. Throws `store_unavailable`. */
export async function readHealth(): Promise<Health> {
  const { missing, sandbox } = getEnv();
  if (isDraining()) return { ok: false, missing, problems: ['draining'] };
  if (missing.length > 0) return { ok: false, missing, problems: [] };
  const problems = await recentLateSweep();
  return problems.length > 0 ? { ok: false, missing, problems } : { ok: true, sandbox };
}

/** Returns the same for the owner, after a real write and a real script in the database. */
export async function readDeepHealth(): Promise<DeepHealth> {
  const { missing, notes, sandbox, host, redis } = getEnv();
  const about = { sandbox, missing, notes, host: host.kind, endsCallsBy: host.endsCallsBy };
  if (redis === null) return { ...about, ok: false, problems: [], lastSweep: null };
  const storeProblem = await checkStore();
  const { sweptAtMs, problems: sweepProblems } = await lookAtSweeps();
  const found = [
    ...(storeProblem === null ? [] : [storeProblem]),
    ...sweepProblems,
    ...(isDraining() ? (['draining'] as const) : []),
  ];
  const problems = [...new Set(found)];
  return {
    ...about,
    ok: missing.length + problems.length === 0,
    problems,
    lastSweep: sweptAtMs === null ? null : new Date(sweptAtMs).toISOString(),
  };
}
