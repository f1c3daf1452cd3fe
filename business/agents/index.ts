import 'server-only';
import { robin } from '@/business/agents/robin';
import { sam } from '@/business/agents/sam';
import type { Agent } from '@/lib/server/agents/define-agent';

/** Every agent that can be called. */
export const agents: readonly Agent[] = [robin, sam];

/** The agent that the page calls. */
export const defaultAgent: Agent = robin;
