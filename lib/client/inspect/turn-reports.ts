import type { InspectState } from '@/lib/client/inspect/inspect-state';
import { wholeMs } from '@/lib/client/inspect/waits';
import { MOST_REPORTED_TURNS, type TurnReport } from '@/lib/shared/contract';

/** Returns what the traces of the site want to know of the agent's turns: times and tokens, and nothing else. */
export const listTurnReports = ({ turns }: InspectState): TurnReport[] =>
  turns.slice(-MOST_REPORTED_TURNS).map(({ atMs, wait, spent }) => {
    const waitMs = wait === null ? null : Math.round(wholeMs(wait));
    return { atMs: Math.max(0, Math.round(atMs) - (waitMs ?? 0)), waitMs, tokens: spent };
  });
