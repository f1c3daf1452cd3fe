import 'server-only';
import { randomUUID } from 'node:crypto';
import { requireAgent } from '@/lib/server/agents/lookup';
import { composeSession } from '@/lib/server/agents/session-policy';
import { isOutOfReach, requireConnecting } from '@/lib/server/auth/connect-mode';
import type { User } from '@/lib/server/auth/user';
import { admitCall, type CallDraft } from '@/lib/server/calls/admit-call';
import { dialCall } from '@/lib/server/calls/relay-call';
import { requireValidOffer } from '@/lib/server/calls/sdp-offer';
import { asSecret, createCallTicket, createRelayTicket } from '@/lib/server/calls/tickets';
import { watchDue } from '@/lib/server/endings/deadline-timers';
import { listAccounts } from '@/lib/server/money/allowance';
import { secretUntilMs } from '@/lib/server/money/ledger';
import { release } from '@/lib/server/money/settle';
import { mintClientSecret } from '@/lib/server/openai';
import { AppError } from '@/lib/server/platform/app-error';
import { getEnv } from '@/lib/server/platform/env';
import { audit, auditName } from '@/lib/server/records/audit';
import { traceAdmission, traceFailedCall, traceRequest } from '@/lib/server/tracing/call-spans';
import type { CallTicket, OpenCallRequest } from '@/lib/shared/contract';
import { CallId } from '@/lib/shared/ids';

/** What a request carries besides its body. */
export interface OpenCallContext {
  /** This site's origin, as the caller sees it. */
  origin: string;
  /** The caller's own API key. Used only where the site has none. */
  requestKey: string | null;
}

/**
 * Opens a call: checks limits and reserves in one request to the database, then mints the secret at the provider. In relay
 * mode the secret is our own ticket, and the provider is asked only if the request carries the offer: then the call is
 * connected when this returns. If anything fails, nothing stays reserved.
 * Throws `not_configured`, `unknown_agent`, `agent_forbidden`, `bad_request`, and what `admitCall`, `mintClientSecret` and
 * `dialCall` throw.
 */
export async function openCall(
  user: User,
  input: OpenCallRequest,
  { origin, requestKey }: OpenCallContext,
): Promise<CallTicket> {
  if (getEnv().missing.length > 0) throw new AppError('not_configured');
  const agent = requireAgent(user, input.agent);
  const { mode, ownKey } = requireConnecting(user, requestKey, input.relay === true || isOutOfReach(origin));
  const offer = mode === 'relay' ? input.offer : undefined;
  if (offer !== undefined) requireValidOffer(offer);
  const session = composeSession(agent, input.options);
  const callId = CallId.parse(`call_${randomUUID()}`);
  const ticket = mode === 'relay' ? createRelayTicket(callId, user.id) : null;
  const dialId = offer === undefined ? null : randomUUID();
  const draft: CallDraft = {
    callId,
    owner: user.id,
    agent: agent.name,
    role: user.role,
    who: auditName(user.id),
    options: input.options,
    accounts: listAccounts(user, mode),
    connect: mode,
    ...(dialId ? { dialId } : {}),
    ...(ticket && !dialId ? { ticketHash: ticket.hash } : {}),
  };
  const { call, seconds, startedAtMs } = await admitCall(user, draft, input.takeOver);
  traceAdmission(callId, startedAtMs, seconds);
  const mint = () =>
    traceRequest(callId, 'mint', () =>
      mintClientSecret({ session, user, callSeconds: seconds, ownKey }),
    ).catch(async (error) => {
      await release(call);
      traceFailedCall(call, startedAtMs, auditName(user.id));
      throw error;
    });
  const secret = ticket ? asSecret(ticket.value, startedAtMs) : await mint();
  const deadlineMs = startedAtMs + seconds * 1000;
  watchDue(callId, ticket && !dialId ? Math.min(deadlineMs, secretUntilMs(mode, startedAtMs)) : deadlineMs);
  audit({ event: 'call_opened', userId: user.id, callId, agent: agent.name, seconds });
  const relayOrigin = ticket ? origin : null;
  const opened = createCallTicket({ callId, agent, secret, relayOrigin, deadlineMs, callSeconds: seconds });
  if (dialId === null || offer === undefined) return opened;
  return { ...opened, answer: await dialCall({ user, callId, dialId }, () => session, offer) };
}
