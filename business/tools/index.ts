import 'server-only';
import { bookAppointment } from '@/business/tools/book-appointment';
import { cancelAppointment } from '@/business/tools/cancel-appointment';
import { diagnoseProblem } from '@/business/tools/diagnose-problem';
import { findSlots } from '@/business/tools/find-slots';
import { getRepairStatus } from '@/business/tools/get-repair-status';
import { listAppointments } from '@/business/tools/list-appointments';
import { listServices } from '@/business/tools/list-services';
import { transferToFrontDesk, transferToMechanic } from '@/business/tools/transfer';
import type { Tool } from '@/lib/server/agents/define-tool';
import { endCall } from '@/lib/server/agents/end-call-tool';
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
