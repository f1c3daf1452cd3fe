import 'server-only';
import { robin } from '@/business/agents/robin';
import { sam } from '@/business/agents/sam';
import type { Agent } from '@/lib/server/agents/define-agent';

export type { Agent } from '@/lib/server/agents/define-agent';

/** Every agent that can be called. */
export const agents: readonly Agent[] = [robin, sam];

/** The agent that the page calls. */
export const defaultAgent: Agent = robin;

/** The agent of this name, or `null`. */
export const getAgent = (name: string): Agent | null => agents.find((agent) => agent.name === name) ?? null;

/** Whether this agent was given the tool. */
export const mayUse = (agentName: string, toolName: string): boolean =>
  getAgent(agentName)?.tools.some((name) => name === toolName) ?? false;
