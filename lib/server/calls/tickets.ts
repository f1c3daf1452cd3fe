// Tested in open-call.test and relay-call.test.
import 'server-only';
import { randomBytes } from 'node:crypto';
import type { Agent } from '@/lib/server/agents/define-agent';
import { summarizeTools } from '@/lib/server/agents/lookup';
import { readBearer } from '@/lib/server/http/bearer';
import { secretUntilMs } from '@/lib/server/money/ledger';
import { directCallUrl } from '@/lib/server/openai';
import { AppError } from '@/lib/server/platform/app-error';
import { getEnv } from '@/lib/server/platform/env';
import { keyedHash } from '@/lib/server/platform/keyed-hash';
import { isTraced } from '@/lib/server/tracing/spans';
import type { CallTicket } from '@/lib/shared/contract';
import type { CallId, UserId } from '@/lib/shared/ids';

interface TicketParts {
  callId: CallId;
  agent: Agent;
  secret: CallTicket['secret'];
  /** `null`: the browser connects to the provider itself. Otherwise this site's origin, as the browser sees it. */
  relayOrigin: string | null;
  deadlineMs: number;
  callSeconds: number;
}

/** Returns what a browser needs to connect. Only `callUrl` tells it where to send its offer. */
export function createCallTicket(parts: TicketParts): CallTicket {
  const { ice } = getEnv().voice;
  return {
    callId: parts.callId,
    secret: parts.secret,
    callUrl:
      parts.relayOrigin === null
        ? directCallUrl()
        : `${parts.relayOrigin}/api/voice/calls/${parts.callId}/sdp`,
    agent: { name: parts.agent.name, title: parts.agent.title },
    tools: summarizeTools(parts.agent),
    deadline: new Date(parts.deadlineMs).toISOString(),
    callSeconds: parts.callSeconds,
    greets: parts.agent.greets,
    ...(ice === null ? {} : { ice }),
    ...(isTraced() ? { traced: true } : {}),
  };
}

/** The Agents SDK accepts no other prefix for a secret in a browser. */
const RELAY_PREFIX = 'ek_';

/** Returns the hash under which a relay ticket is stored. It matches this ticket of this user's call and nothing else. */
export const hashRelayTicket = (callId: CallId, userId: UserId, ticket: string): string =>
  keyedHash('relay-ticket', `${callId}\n${userId}\n${ticket}`);

/** Returns a new one-use ticket, which a relayed call has in place of the provider's secret. */
export function createRelayTicket(callId: CallId, userId: UserId): { value: string; hash: string } {
  const value = `${RELAY_PREFIX}${randomBytes(32).toString('base64url')}`;
  return { value, hash: hashRelayTicket(callId, userId, value) };
}

/** Returns the relay ticket in the form of a secret. */
export const asSecret = (value: string, nowMs: number): CallTicket['secret'] => ({
  value,
  expiresAt: new Date(secretUntilMs('relay', nowMs)).toISOString(),
});

/** Returns the relay ticket that a request carries as bearer. Throws `ticket_refused` if there is none. */
export function requireRelayTicket(request: Request): string {
  const bearer = readBearer(request.headers);
  if (bearer?.startsWith(RELAY_PREFIX)) return bearer;
  throw new AppError('ticket_refused', { message: 'Send the secret of the call as bearer.' });
}
