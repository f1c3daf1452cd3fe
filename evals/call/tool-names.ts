import type { ToolSummary } from '@/lib/shared/contract';
import type { ApiExchange } from './observed.ts';

/** Returns all tools that an agent of the call had, also those of agents who took over. */
export const toolsOfCall = (exchanges: readonly ApiExchange[]): ToolSummary[] =>
  exchanges.flatMap((one) => {
    if (one.kind === 'ticket') return [...one.tools];
    return one.kind === 'tool' && one.reply.ok ? (one.reply.handoff?.tools ?? []) : [];
  });

/** Returns whether both words mean one tool: each is its name or its title on the screen. */
export function sameTool(exchanges: readonly ApiExchange[], one: string, other: string): boolean {
  if (one === other) return true;
  return toolsOfCall(exchanges).some(
    ({ name, title }) => [name, title].includes(one) && [name, title].includes(other),
  );
}
