import 'server-only';
import { bookAppointment } from '@/lib/server/tools/book-appointment';
import { cancelAppointment } from '@/lib/server/tools/cancel-appointment';
import type { Tool } from '@/lib/server/tools/define-tool';
import { diagnoseProblem } from '@/lib/server/tools/diagnose-problem';
import { endCall } from '@/lib/server/tools/end-call';
import { findSlots } from '@/lib/server/tools/find-slots';
import { getRepairStatus } from '@/lib/server/tools/get-repair-status';
import { listAppointments } from '@/lib/server/tools/list-appointments';
import { listServices } from '@/lib/server/tools/list-services';
import { transferToFrontDesk, transferToMechanic } from '@/lib/server/tools/transfer';
import type { ToolSummary } from '@/lib/shared/contract';

/** Every tool that an agent may be given. */
export const tools = [
  listServices,
  findSlots,
  bookAppointment,
  listAppointments,
  cancelAppointment,
  getRepairStatus,
  diagnoseProblem,
  transferToMechanic,
  transferToFrontDesk,
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
