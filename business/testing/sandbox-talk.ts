import { parsePhrases } from '@parley/realtime-sandbox/mind/load-phrases';
import { createMind } from '@parley/realtime-sandbox/mind/mind';
import { Talk } from '@parley/realtime-sandbox/testing/conversation';
import phrases from '@/business/sandbox-phrases';
import type { Agent } from '@/lib/server/agents/define-agent';
import { listTools } from '@/lib/server/agents/lookup';
import { composeSession } from '@/lib/server/agents/session-policy';
import type { CallOptions } from '@/lib/shared/contract';

const mind = createMind(parsePhrases(phrases, 'business/sandbox-phrases.ts'));

/** Talks to the offline sandbox as it plays this agent: with its real instructions and tools, and our phrases. */
export const talkTo = (agent: Agent, options: CallOptions = {}): Talk =>
  new Talk(listTools(agent), composeSession(agent, options).instructions, mind);
