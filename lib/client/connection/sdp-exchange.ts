import {
  type CallFailure,
  codeOf,
  ownFailure,
  providerFailure,
  SecretRefusal,
  toCallFailure,
} from '@/lib/client/api/call-failure';
import type { InspectRecorder } from '@/lib/client/inspect/inspect-recorder';
import type { CallBrowser } from '@/lib/client/page/browser';
import { asFields } from '@/lib/client/state/as-fields';
import type { CallEvent } from '@/lib/client/state/call-event';
import type { ConnectStep } from '@/lib/client/state/call-state';
import type { CallTicket } from '@/lib/shared/contract';
import { parseErrorBody } from '@/lib/shared/errors';
import { type RtcCallId, readRtcCallId } from '@/lib/shared/ids';
import { readRefusalCause } from '@/lib/shared/read-provider-cause';

interface Answer {
  sdp: string;
  /** The last part of `Location`. `null` in relay mode, where the server keeps it. */
  rtcCallId: RtcCallId | null;
}

/** In relay mode the body is one of our own refusals, which says more than the status. */
async function readRefusal(response: Response, nowMs: number): Promise<CallFailure> {
  const { status } = response;
  const body: unknown = await response.json().catch(() => null);
  const refusal = parseErrorBody(body);
  if (refusal !== null) {
    const failure = toCallFailure(refusal, nowMs);
    return refusal.code === 'ticket_refused' ? new SecretRefusal(failure.refusal) : failure;
  }
  const cause = readRefusalCause(status, asFields(asFields(body).error), true);
  // The browser has no key: what the provider calls one is the secret.
  const isSecret = cause === 'key_refused' || cause === 'secret_refused';
  return isSecret ? new SecretRefusal(providerFailure('secret_refused').refusal) : providerFailure(cause);
}

/** In relay mode the offer goes to our own server. */
const isRelayed = (pathname: string): boolean => pathname.startsWith('/api/voice/');

const noResponse = (pathname: string): CallFailure =>
  ownFailure('network', isRelayed(pathname) ? null : 'unreachable');

/**
 * Posts the offer to the ticket's address, with the ticket's secret as bearer: `POST /v1/realtime/calls` of the
 * Realtime API, or our own relay. Throws `network` or the refusal, a `SecretRefusal` for an expired secret.
 */
async function postOffer({ browser, ticket, inspect }: SdpExchangeOptions, offer: string): Promise<Answer> {
  const { callUrl, secret } = ticket;
  const headers = { 'content-type': 'application/sdp', authorization: `Bearer ${secret.value}` };
  const { pathname } = new URL(callUrl);
  const beganMs = browser.now();
  const response = await browser.fetch(callUrl, { method: 'POST', headers, body: offer }).catch(() => {
    inspect.requested('POST', pathname, null, beganMs);
    throw noResponse(pathname);
  });
  const failure = response.ok ? null : await readRefusal(response, browser.now());
  inspect.requested('POST', pathname, response.status, beganMs, codeOf(failure));
  if (failure !== null) throw failure;
  const rtcCallId = readRtcCallId(response.headers.get('Location'));
  // A call without a name could neither be ended by our server nor run a tool.
  if (rtcCallId === null && !isRelayed(pathname)) throw providerFailure('call_id_missing');
  return { sdp: await response.text(), rtcCallId };
}

interface SdpExchangeOptions {
  browser: CallBrowser;
  ticket: CallTicket;
  inspect: InspectRecorder;
  dispatch: (event: CallEvent) => void;
  /** The provider answered: from here on the call exists and costs money. */
  onAnswered: (rtcCallId: RtcCallId) => void;
}

/** The offer of one connection and the provider's answer to it. Tested beside this file and in `call/call-setup.test.ts`. */
export function createSdpExchange(options: SdpExchangeOptions, closed: AbortSignal) {
  const { inspect, dispatch, onAnswered } = options;
  let settleAnswered = () => {};
  const answered = new Promise<void>((resolve) => {
    settleAnswered = resolve;
  });
  let underWay: Promise<unknown> = Promise.resolve();
  const enterStep = (step: ConnectStep) => dispatch({ type: 'connect_step', step });

  async function exchange(peer: RTCPeerConnection, offerSdp: string): Promise<void> {
    closed.throwIfAborted();
    inspect.passed('offer');
    const { answer } = options.ticket;
    if (answer === undefined) enterStep('dialling');
    const { sdp, rtcCallId } =
      answer === undefined ? await postOffer(options, offerSdp) : { sdp: answer, rtcCallId: null };
    // Reported even when the call was closed meanwhile: the server has to know what to hang up.
    if (rtcCallId !== null) onAnswered(rtcCallId);
    closed.throwIfAborted();
    settleAnswered();
    inspect.passed('answer');
    enterStep('joining');
    await peer.setRemoteDescription({ type: 'answer', sdp }).catch((error: unknown) => {
      closed.throwIfAborted();
      // The network has done its part, so it is not to blame.
      options.browser.reportError(error);
      throw providerFailure('offer_refused');
    });
  }

  return {
    /** Resolves with the provider's answer. Stays open without one. */
    answered,
    /** Resolves when no answer is outstanding. */
    settled: () => underWay,
    /** Throws `CallFailure`, or the reason of `closed`. */
    run(peer: RTCPeerConnection, offerSdp: string): Promise<void> {
      const exchanged = exchange(peer, offerSdp);
      underWay = exchanged.catch(() => {});
      return exchanged;
    },
  };
}
