import { site } from '@/business/site';
import type { AgentFacts, CallSetting } from '@/components/call/call-context';
import type { Agent } from '@/lib/server/agents/define-agent';
import { listAgentsFor, listChangingTools } from '@/lib/server/agents/lookup';
import { directOrigin } from '@/lib/server/auth/connect-mode';
import { mayReadCauses } from '@/lib/server/auth/owner';
import type { Role } from '@/lib/server/auth/user';
import { type Env, getEnv } from '@/lib/server/platform/env';
import { HISTORY_KEEP_DAYS } from '@/lib/shared/kept-transcript';
import { planningMicroUsdPerSecond } from '@/lib/shared/prices';
import { providerName } from './provider-name';

/** Shown before the first call, whatever the agent says: a greeting can be talked over. */
function privacyLine({ sandbox, openai }: Env): string {
  const ai = site.saysItIsAi ? 'You’ll talk with an AI. ' : '';
  return sandbox
    ? `${ai}In the sandbox, your voice stays on this site’s own machine and isn’t recorded.`
    : `${ai}During a call, your voice goes to ${providerName(openai.baseUrl)}, which answers. This site doesn’t record it.`;
}

const toAgentFacts = ({ name, title, tagline, examples, choices }: Agent): AgentFacts => ({
  name,
  title,
  tagline,
  examples,
  choices,
});

/** Returns what the call screen needs from the server: the agents that this role may call, price and privacy. */
export function callSetting(role: Role, secondsLeftToday: number | null): CallSetting {
  const env = getEnv();
  const { sandbox, realtime, voice } = env;
  const [first, ...others] = listAgentsFor(role);
  return {
    agents: [toAgentFacts(first), ...others.map(toAgentFacts)],
    privacy: privacyLine(env),
    secondsLeftToday,
    price: { microUsdPerSecond: planningMicroUsdPerSecond(realtime.model), simulated: sandbox },
    changingTools: listChangingTools(),
    // With servers of the site's own, which come with the ticket, the offer is made after it.
    relayed: voice.connect[role] === 'relay' && voice.ice === null,
    directOrigin: directOrigin(role),
    showsCauses: mayReadCauses(role),
    historyKeepDays: HISTORY_KEEP_DAYS[role],
  };
}
