import 'server-only';
import { randomUUID } from 'node:crypto';
import { admitCall, type CallDraft } from '@/lib/server/admit-call';
import { accountsOf } from '@/lib/server/allowance';
import { AppError } from '@/lib/server/app-error';
import { audit } from '@/lib/server/audit';
import { callTicket } from '@/lib/server/call-ticket';
import { requireConnecting } from '@/lib/server/connect-mode';
import { watchDeadline } from '@/lib/server/deadline-timers';
import { getEnv } from '@/lib/server/env';
import { giveBack } from '@/lib/server/give-back';
import { mintClientSecret } from '@/lib/server/realtime';
import { asSecret, createRelayTicket } from '@/lib/server/relay-ticket';
import { requireAgent } from '@/lib/server/require-agent';
import { safetyIdentifier } from '@/lib/server/safety-identifier';
import { composeSession } from '@/lib/server/session-policy';
import type { User } from '@/lib/server/user';
import type { CallTicket, OpenCallRequest } from '@/lib/shared/contract';

/** What a request tells beside its body. */
export interface OpenCallContext {
  /** Our own origin, as the caller visits it. */
  origin: string;
  /** The caller's own key of the provider. Counts only where the site has none. */
  requestKey: string | null;
}

/**
 * Opens a call: limits and reservation in one request to the database, then the secret from the provider. In relay
 * mode the secret is a ticket of ours and the provider is not asked yet. Whatever fails on the way, nothing stays
 * reserved.
 * Throws `not_configured`, `unknown_agent`, `agent_forbidden`, and what `admitCall` and `mintClientSecret` throw.
 */
export async function openCall(
  user: User,
  input: OpenCallRequest,
  { origin, requestKey }: OpenCallContext,
): Promise<CallTicket> {
  if (getEnv().missing.length > 0) throw new AppError('not_configured');
  const agent = requireAgent(user, input.agent);
  const { mode, ownKey } = requireConnecting(user, requestKey);
  const session = composeSession(agent, input.options);
  const callId = `call_${randomUUID()}`;
  const ticket = mode === 'relay' ? createRelayTicket(callId, user.id) : null;
  const draft: CallDraft = {
    callId,
    owner: user.id,
    agent: agent.name,
    options: input.options,
    accounts: accountsOf(user),
    connect: mode,
    ...(ticket ? { ticketHash: ticket.hash } : {}),
  };
  const { call, seconds, startedAtMs } = await admitCall(user, draft, input.takeOver);
  const mint = () =>
    mintClientSecret({
      session,
      safetyIdentifier: safetyIdentifier(user.id),
      callSeconds: seconds,
      ownKey,
    }).catch(async (error: unknown) => {
      await giveBack(call);
      throw error;
    });
  const secret = ticket ? asSecret(ticket.value, startedAtMs) : await mint();
  const deadlineMs = startedAtMs + seconds * 1000;
  watchDeadline(callId, deadlineMs);
  audit({ event: 'call_opened', userId: user.id, callId, agent: agent.name, seconds });
  const relayOrigin = ticket ? origin : null;
  return callTicket({ callId, agent, secret, relayOrigin, deadlineMs, callSeconds: seconds });
}
