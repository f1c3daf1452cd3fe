import 'server-only';
import { type Agent, getAgent } from '@/business/agents';
import type { User } from '@/lib/server/auth/user';
import { AppError } from '@/lib/server/platform/app-error';

/** The agent of this name, if this person may call it. Throws `unknown_agent` or `agent_forbidden`. */
export function requireAgent(user: Pick<User, 'role'>, name: string): Agent {
  const agent = getAgent(name);
  if (!agent) throw new AppError('unknown_agent');
  if (!agent.roles.includes(user.role)) throw new AppError('agent_forbidden');
  return agent;
}
