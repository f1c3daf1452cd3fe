import type { Peer, PeerHandlers } from '../media/interfaces.ts';
import type { RealtimeCall } from '../protocol/call.ts';
import { ApiError } from '../protocol/events/api-error.ts';
import { newCallIds } from '../protocol/events/ids.ts';
import { requirePermittedHosts } from '../protocol/mcp/permitted-hosts.ts';
import { requireRealtimeModel, type Session } from '../protocol/policy/session.ts';
import type { Answer } from './respond.ts';
import { type CallDeps, startCall } from './start-call.ts';

export interface CallRequest {
  sdp: string;
  session: Session;
  safetyIdentifier: string | null;
  secret: string | null;
}

/**
 * Answers an offer and starts the call. Returns 201 with the SDP answer. @throws ApiError 400
 * `invalid_model`, bad SDP; 429
 */
export function openCall(deps: CallDeps, request: CallRequest): Promise<Answer> {
  requireRealtimeModel(request.session);
  requirePermittedHosts(request.session.tools, deps.mcpHosts, 'session.tools');
  return deps.calls.withPlace(() => answerOffer(deps, request));
}

async function answerOffer(deps: CallDeps, { sdp, session, ...who }: CallRequest): Promise<Answer> {
  const media = await deps.media;
  const { callId, sessionId } = newCallIds();
  /** The peer may report before its call exists; such reports are queued. */
  const early: CallAct[] = [];
  let call: RealtimeCall | null = null;
  const withCall = (act: CallAct): void => {
    if (call) act(call);
    else early.push(act);
  };
  const offered = await media.answer(sdp, createHandlers(withCall));
  if (!offered.ok) throw new ApiError(400, 'invalid_offer', offered.message, 'sdp');
  const { peer } = offered;
  call = startCall(deps, media, { ...who, id: callId, session: { ...session, id: sessionId } }, peer);
  for (const act of early) act(call);
  return {
    status: 201,
    headers: { 'content-type': 'application/sdp', location: `/v1/realtime/calls/${callId}` },
    body: deps.faults.take('refuseIce') ? withWrongPassword(peer) : peer.answerSdp,
  };
}

type CallAct = (call: RealtimeCall) => void;

function createHandlers(withCall: (act: CallAct) => void): PeerHandlers {
  return {
    onChannelOpen: () => withCall((call) => call.greet()),
    onMessage: (text) => withCall((call) => call.receive(text)),
    onAudio: (pcm) => withCall((call) => call.turns.push(pcm)),
    onConnected: () => withCall((call) => call.connected()),
    onClosed: (reason) => withCall((call) => call.end(`peer_${reason}`)),
  };
}

/** Connectivity checks fail with another password, so ICE never connects. */
const withWrongPassword = (peer: Peer): string =>
  peer.answerSdp.replace(/^a=ice-pwd:.*$/gm, `a=ice-pwd:${'x'.repeat(24)}`);
