import 'server-only';
import type { ToolName } from '@/business/tools';
import type { Role } from '@/lib/server/auth/user';
import type { AgentChoices } from '@/lib/shared/agent-choices';
import { TurnTaking } from '@/lib/shared/turn-taking';

interface AgentDefinition {
  /** In URLs and requests: lower case. */
  name: string;
  /** On the screen. */
  title: string;
  /** One line for the page: what this agent can do. */
  tagline: string;
  /**
   * Role, personality and rules of the business. How to speak, to use tools and to end a call is added for every
   * agent. The browser can read all of it, so it holds no secret.
   */
  instructions: string;
  /** How to open the conversation. `null`: the user speaks first. */
  greeting: string | null;
  /** A voice of the provider, or the id of a custom one. `null`: that of `OPENAI_REALTIME_VOICE`. */
  voice: string | null;
  /** How this agent listens and thinks, where that differs from the environment. In a handoff it stays as it was. */
  turnTaking?: TurnTaking;
  /** Names of tools in `business/tools`, in the order in which the model reads them. */
  tools: readonly string[];
  /** Who may call this agent. */
  roles: readonly Role[];
  choices: AgentChoices;
  /** Sentences to begin with, shown on the page. Each one leads to a tool. */
  examples: readonly [string, string, string];
}

/** A named policy of the server: who speaks in a call, in which words, with which tools, and for whom. */
export interface Agent extends AgentDefinition {
  /** True if the agent opens the conversation. */
  greets: boolean;
}

/**
 * Returns an agent made of its parts. See docs/add-an-agent.md. Throws a `ZodError` for turn-taking outside the limits.
 */
export function defineAgent(definition: AgentDefinition & { tools: readonly ToolName[] }): Agent {
  TurnTaking.optional().parse(definition.turnTaking);
  return { ...definition, greets: definition.greeting !== null };
}
