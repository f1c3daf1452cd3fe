import 'server-only';
import type { Agent } from '@/lib/server/agents/define-agent';
import { summarizeTools } from '@/lib/server/agents/lookup';
import { directCallUrl } from '@/lib/server/openai';
import type { CallTicket } from '@/lib/shared/contract';
import type { CallId } from '@/lib/shared/ids';

interface TicketParts {
  callId: CallId;
  agent: Agent;
  secret: CallTicket['secret'];
  /** `null`: the browser connects to the provider by itself. Otherwise our own origin, as the browser visits it. */
  relayOrigin: string | null;
  deadlineMs: number;
  callSeconds: number;
}

/** What a browser gets in order to connect. It reads from `callUrl` alone where to send its offer. */
export const callTicket = (parts: TicketParts): CallTicket => ({
  callId: parts.callId,
  secret: parts.secret,
  callUrl:
    parts.relayOrigin === null ? directCallUrl() : `${parts.relayOrigin}/api/voice/calls/${parts.callId}/sdp`,
  agent: { name: parts.agent.name, title: parts.agent.title },
  tools: summarizeTools(parts.agent),
  deadline: new Date(parts.deadlineMs).toISOString(),
  callSeconds: parts.callSeconds,
  greets: parts.agent.greets,
});
