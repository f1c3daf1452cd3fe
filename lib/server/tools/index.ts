import 'server-only';
import type { ToolSummary } from '@/lib/shared/contract';
import { bookAppointment } from './book-appointment';
import { cancelAppointment } from './cancel-appointment';
import type { Tool } from './define-tool';
import { endCall } from './end-call';
import { findSlots } from './find-slots';
import { getRepairStatus } from './get-repair-status';
import { listAppointments } from './list-appointments';
import { listServices } from './list-services';

/** Every tool that an agent may be given. */
export const tools = [
  listServices,
  findSlots,
  bookAppointment,
  listAppointments,
  cancelAppointment,
  getRepairStatus,
  endCall,
] as const;

export type ToolName = (typeof tools)[number]['name'];

const byName: ReadonlyMap<string, Tool<ToolName>> = new Map(tools.map((tool) => [tool.name, tool]));

/** The tool of this name, or `null`. */
export const getTool = (name: string): Tool<ToolName> | null => byName.get(name) ?? null;

/** The tools an agent was given, in its own order. */
export const toolsOf = (agent: { tools: readonly ToolName[] }): Tool[] =>
  agent.tools.flatMap((name) => getTool(name) ?? []);

/** What the browser may know of an agent's tools. */
export const toolSummaries = (agent: { tools: readonly ToolName[] }): ToolSummary[] =>
  toolsOf(agent).map(({ name, title, needsApproval, changesData }) => ({
    name,
    title,
    needsApproval,
    changesData,
  }));
