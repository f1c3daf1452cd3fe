import 'server-only';
import { type Agent, getAgent } from '@/lib/server/agents';
import { AppError } from '@/lib/server/app-error';
import type { User } from '@/lib/server/user';

/** The agent of this name, if this person may call it. Throws `unknown_agent` or `agent_forbidden`. */
export function requireAgent(user: Pick<User, 'role'>, name: string): Agent {
  const agent = getAgent(name);
  if (!agent) throw new AppError('unknown_agent');
  if (!agent.roles.includes(user.role)) throw new AppError('agent_forbidden');
  return agent;
}
