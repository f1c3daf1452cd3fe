import 'server-only';
import { agentname } from '@/business/agents/agentname';
import type { Agent } from '@/lib/server/agents/define-agent';

/** Every agent that can be called. */
export const agents: readonly Agent[] = [agentname];

/** The agent that the page calls. */
export const defaultAgent: Agent = agentname;
