import type { Faults } from '../control/faults.ts';
import type { Media, Peer, PeerHandlers } from '../media/interfaces.ts';
import type { Mind } from '../mind/interfaces.ts';
import type { Memory } from '../mind/memory.ts';
import { RealtimeCall } from '../protocol/call.ts';
import { ApiError } from '../protocol/events/api-error.ts';
import { newCallIds } from '../protocol/events/ids.ts';
import { isRealtimeModel, type Session } from '../protocol/policy/session.ts';
import type { Pace } from '../protocol/responses/pace.ts';
import type { CallRegistry } from './call-registry.ts';
import type { Answer } from './respond.ts';

export interface CallDeps {
  media: Promise<Media>;
  mind: Mind;
  startMemory(): Memory;
  calls: CallRegistry;
  faults: Faults;
  pace: Pace;
  maxSessionSeconds: number;
}

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
  const { model } = request.session;
  if (!isRealtimeModel(model)) {
    throw new ApiError(
      400,
      'invalid_model',
      `Model "${model}" is not supported in realtime mode.`,
      'session.model',
    );
  }
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
  call = new RealtimeCall(
    {
      ...who,
      id: callId,
      session: { ...session, id: sessionId },
      media,
      mind: deps.mind,
      memory: deps.startMemory(),
      pace: deps.pace,
      maxSeconds: deps.maxSessionSeconds,
      takeResponseFault: () => {
        const fault = deps.faults.take('response');
        return fault && { code: fault.code, message: fault.message ?? `The response failed: ${fault.code}.` };
      },
      takeTranscriptionFault: () => deps.faults.take('transcription') !== null,
      onEnded: (ended) => deps.calls.finish(ended),
    },
    peer,
  );
  deps.calls.add(call);
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
    onChannelOpen: () => withCall((call) => call.greetChannel()),
    onMessage: (text) => withCall((call) => call.receive(text)),
    onAudio: (pcm) => withCall((call) => call.turns.push(pcm)),
    onConnected: () => withCall((call) => call.connected()),
    onClosed: (reason) => withCall((call) => call.end(`peer_${reason}`)),
  };
}

/** Connectivity checks fail with another password, so ICE never connects. */
const withWrongPassword = (peer: Peer): string =>
  peer.answerSdp.replace(/^a=ice-pwd:.*$/gm, `a=ice-pwd:${'x'.repeat(24)}`);
