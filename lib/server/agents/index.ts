import 'server-only';
import type { Agent } from './define-agent';
import { robin } from './robin';

export type { Agent } from './define-agent';

/** Every agent that can be called. */
export const agents: readonly Agent[] = [robin];

/** The agent that the page calls. */
export const defaultAgent: Agent = robin;

/** The agent of this name, or `null`. */
export const getAgent = (name: string): Agent | null => agents.find((agent) => agent.name === name) ?? null;
