import { requireCallerBesideTicket } from '@/lib/server/auth/caller';
import { explainTo } from '@/lib/server/auth/owner';
import { requirePermission } from '@/lib/server/auth/require-user';
import { relayOffer } from '@/lib/server/calls/relay-call';
import { readOffer } from '@/lib/server/calls/sdp-offer';
import { requireRelayTicket } from '@/lib/server/calls/tickets';
import { handle } from '@/lib/server/http/handle';
import { auditRefusal } from '@/lib/server/records/audit';
import { requireCallId } from '@/lib/server/records/stored-call';

/** Relay mode: takes the browser's offer and the ticket of the call. 201 with the provider's SDP answer and nothing else. */
export const POST = handle<RouteContext<'/api/voice/calls/[callId]/sdp'>>(
  { perMinute: 20 },
  async (request, { params }) => {
    const user = await requireCallerBesideTicket(request);
    requirePermission(user, 'voice:connect');
    const ticket = requireRelayTicket(request);
    const offer = await readOffer(request);
    const { callId } = await params;
    const answer = await relayOffer(user, requireCallId(callId), ticket, offer)
      .catch(auditRefusal(user.id))
      .catch(explainTo(user));
    return new Response(answer, { status: 201, headers: { 'content-type': 'application/sdp' } });
  },
);
