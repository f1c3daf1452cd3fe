import 'server-only';
import { agents, defaultAgent } from '@/business/agents';
import { tools } from '@/business/tools';
import type { Agent } from '@/lib/server/agents/define-agent';
import type { Tool } from '@/lib/server/agents/define-tool';
import type { Role, User } from '@/lib/server/auth/user';
import { AppError } from '@/lib/server/platform/app-error';
import type { ToolSummary } from '@/lib/shared/contract';

/*
 * The one reader of the lists that the business fills in: `business/agents` and `business/tools`.
 */

type WithTools = Pick<Agent, 'tools'>;

const toolsByName: ReadonlyMap<string, Tool> = new Map(tools.map((tool) => [tool.name, tool]));

/** Returns every agent, whatever its roles. */
export const listAgents = (): readonly Agent[] => agents;

/** Returns the agents that the page offers to this role, the default agent first. */
export function listAgentsFor(role: Role): [Agent, ...Agent[]] {
  const others = agents.filter((agent) => agent !== defaultAgent && agent.roles.includes(role));
  return [defaultAgent, ...others];
}

/** Returns the agent of this name, or `null`. */
export const getAgent = (name: string): Agent | null => agents.find((agent) => agent.name === name) ?? null;

/** Returns the title of an agent. An agent that is no longer in the list is called by its name. */
export const agentTitle = (name: string): string => getAgent(name)?.title ?? name;

/**
 * Returns the agent of this name, or the default agent without a name.
 * Throws `unknown_agent`, or `agent_forbidden` if the user's role may not call it.
 */
export function requireAgent(user: Pick<User, 'role'>, name = defaultAgent.name): Agent {
  const agent = getAgent(name);
  if (!agent) throw new AppError('unknown_agent');
  if (!agent.roles.includes(user.role)) throw new AppError('agent_forbidden');
  return agent;
}

/** Returns the tool of this name, or `null`. */
export const getTool = (name: string): Tool | null => toolsByName.get(name) ?? null;

/** Returns whether the agent of this name has the tool. */
export const mayUse = (agentName: string, toolName: string): boolean =>
  getAgent(agentName)?.tools.some((name) => name === toolName) ?? false;

/** Returns the names of the agents that have the tool. */
export const listAgentsWith = (toolName: string): string[] =>
  agents.flatMap(({ name }) => (mayUse(name, toolName) ? [name] : []));

/** Returns the agent's tools, in the agent's own order. */
export const listTools = (agent: WithTools): Tool[] => agent.tools.flatMap((name) => getTool(name) ?? []);

/** Returns what the browser may know of the agent's tools. */
export const summarizeTools = (agent: WithTools): ToolSummary[] =>
  listTools(agent).map(({ name, title, needsApproval, changesData }) => ({
    name,
    title,
    needsApproval,
    changesData,
  }));

/** Returns the names of the tools whose successful runs change what the page shows. */
export const listChangingTools = (): string[] =>
  tools.filter(({ changesData }) => changesData).map(({ name }) => name);
