import { END_GROUPS, type EndGroup, findEndGroup } from '@/components/calls/end-groups';
import type { EndReason } from '@/lib/shared/contract';

/** Which calls the history shows; `null`: all. */
export interface CallsFilter {
  agent: string | null;
  ended: EndGroup | null;
}

type Query = Record<string, string | string[] | undefined>;

/** Reads the filter from the page's address. Unknown values are ignored. */
export function readFilter({ agent, ended }: Query, agents: readonly string[]): CallsFilter {
  return {
    agent: typeof agent === 'string' && agents.includes(agent) ? agent : null,
    ended: END_GROUPS.find(({ group }) => group === ended)?.group ?? null,
  };
}

/** Returns the address of the history with a filter. */
export function filterPath({ agent, ended }: CallsFilter): string {
  const query = new URLSearchParams({ ...(agent ? { agent } : {}), ...(ended ? { ended } : {}) });
  return query.size > 0 ? `/calls?${query}` : '/calls';
}

export const matches = ({ agent, ended }: CallsFilter, call: { agent: string; reason: EndReason }): boolean =>
  (agent === null || call.agent === agent) && (ended === null || findEndGroup(call.reason) === ended);
