import type { CallApi } from '@/lib/client/api/call-api';
import type { HeldTicket } from '@/lib/client/api/tickets';
import type { DeviceFollower } from '@/lib/client/audio/devices';
import type { CallAudio } from '@/lib/client/audio/levels';
import type { Speaker } from '@/lib/client/audio/speaker';
import { type Approvals, createApprovals } from '@/lib/client/call/approvals';
import { createCallTimers } from '@/lib/client/call/call-timers';
import type { EngineContext } from '@/lib/client/call/engine-context';
import { createFarewell } from '@/lib/client/call/farewell';
import { createLiveAudio } from '@/lib/client/call/live-audio';
import { createLiveConnection } from '@/lib/client/call/live-connection';
import type { PushToTalk } from '@/lib/client/call/push-to-talk';
import { createToolRunner } from '@/lib/client/call/tool-runner';
import type { SdkChunk } from '@/lib/client/connection/load-sdk';
import type { PreparedPeer } from '@/lib/client/connection/prepared-peer';
import type { InspectRecorder } from '@/lib/client/inspect/inspect-recorder';
import { keepScreenOn } from '@/lib/client/page/screen-lock';
import type { CallEvent, ServerEvent } from '@/lib/client/state/call-event';
import type { EndReason } from '@/lib/shared/contract';
import type { CallId } from '@/lib/shared/ids';
import { isPermanent, type ProviderCause } from '@/lib/shared/provider-cause';

export interface LiveCallOptions {
  context: EngineContext;
  dispatch: (event: CallEvent) => void;
  inspect: InspectRecorder;
  api: CallApi;
  held: HeldTicket;
  /** The microphone, already open, or silence. */
  stream: MediaStream;
  hasMicrophone: boolean;
  sdk: SdkChunk;
  /** For the first connection. */
  peer: PreparedPeer;
  audio: CallAudio;
  /** The call must end now. May be called more than once. */
  onOver: (reason: EndReason) => void;
}

/** A call with everything that belongs to it: connection, devices, tools, approvals, timers. */
export interface LiveCall extends DeviceFollower {
  readonly callId: CallId;
  /** The site wants to know the times of its turns. */
  readonly isTraced: boolean;
  readonly approvals: Pick<Approvals, 'answer'>;
  readonly pushToTalk: Pick<PushToTalk, 'hold'>;
  readonly speaker: Pick<Speaker, 'play'>;
  /** Returns why the provider refused something that only the site's owner can cure; `null` if it did not. */
  cause(): ProviderCause | null;
  /** Throws `CallFailure`, or the signal's reason. */
  connect(signal: AbortSignal): Promise<void>;
  /** The connection is open: shows the call, starts its timers and lets the agent greet. */
  begin(): void;
  setMuted(muted: boolean): void;
  /** Takes back what the system took: call it from a gesture of the user. */
  resumeSound(): void;
  /** The page is in sight again: plays on where the system lets it. */
  returned(): void;
  stopAgent(): void;
  sendText(text: string): void;
  /**
   * Silence at once; resolves when everything is released. The caller notifies the server; `hungUp` settles when it
   * has hung up.
   */
  close(hungUp?: Promise<unknown>): Promise<void>;
}

/** Keeps a reason to end the call until the call has begun. */
function createEnding(onOver: (reason: EndReason) => void) {
  let isBegun = false;
  let early: EndReason | null = null;
  return {
    over(reason: EndReason) {
      if (isBegun) onOver(reason);
      else early ??= reason;
    },
    begin() {
      isBegun = true;
      if (early !== null) onOver(early);
    },
  };
}

/** Keeps the first cause that only the owner can cure. */
function createCauseKeeper() {
  let first: ProviderCause | null = null;
  return {
    first: () => first,
    notice(cause: ProviderCause | null) {
      if (cause !== null && isPermanent(cause)) first ??= cause;
    },
  };
}

/**
 * Returns why an event of the server ends the call, or `null`. A call that the provider refuses for good cannot go on.
 * Without the transcription of what the user says, it can.
 */
function endAfter(event: ServerEvent): EndReason | null {
  if (event.type === 'server_error' && event.code === 'session_expired') return 'time_limit';
  if (event.type === 'user_words_failed' || !('cause' in event) || event.cause === null) return null;
  return isPermanent(event.cause) ? 'provider_refused' : null;
}

/** The parts of a call, wired to each other. */
function createParts(options: LiveCallOptions, onOver: (reason: EndReason) => void) {
  const { context, dispatch, api, held, audio } = options;
  const { browser, state } = context;
  const { callId } = held.ticket;
  const { now } = browser;
  const live = () => {
    const { phase } = state.getState();
    return phase.name === 'live' ? phase.call : null;
  };
  const tools = () => state.getState().tracking.tools;

  const timers = createCallTimers({
    now,
    endsAtMs: held.endsAtMs,
    call: live,
    userAmplitude: audio.userAmplitude,
    dispatch,
    onHeard: options.inspect.heard,
    onTimeUp: () => onOver('time_limit'),
    onIdle: () => onOver('idle'),
  });
  const causes = createCauseKeeper();
  const farewell = createFarewell(() => onOver('goodbye'));
  const devices = createLiveAudio({
    context,
    dispatch,
    audio,
    stream: options.stream,
    element: options.peer.element,
    hasMicrophone: options.hasMicrophone,
    connection: () => connection.current(),
    turn: () => live()?.turn ?? null,
  });
  const approvals = createApprovals({
    preview: (request) => api.previewTool(callId, request.toolName, request.arguments),
    tools,
    now,
    dispatch,
  });
  const runTool = createToolRunner({
    api,
    callId,
    tools,
    allowedLines: approvals.allowedLines,
    now,
    dispatch,
    onCallOver: onOver,
    onEndCall: farewell.begin,
    onHandoff: (handoff) => connection.current()?.handOff(handoff),
    onDataChanged: context.onDataChanged,
  });
  const onServerEvent = (event: ServerEvent) => {
    dispatch(event);
    farewell.notice(event);
    devices.greeting.notice(event);
    timers.notice(event);
    if ('cause' in event) causes.notice(event.cause);
    const over = endAfter(event);
    if (over !== null) onOver(over);
  };
  const connection = createLiveConnection({
    ...options,
    devices,
    approvals,
    runTool,
    live,
    onServerEvent,
    onRefused: causes.notice,
    onOver,
  });
  return { timers, causes, farewell, devices, approvals, connection };
}

export function createLiveCall(options: LiveCallOptions): LiveCall {
  const { context, dispatch, held, audio, hasMicrophone } = options;
  const { callId, agent, tools, greets, traced } = held.ticket;
  const microphoneThen = hasMicrophone ? 'on' : 'none';
  const call = { callId, agent, tools, endsAtMs: held.endsAtMs, microphone: microphoneThen } as const;
  const ending = createEnding(options.onOver);
  const { timers, causes, farewell, devices, approvals, connection } = createParts(options, ending.over);
  const { microphone, pushToTalk, speaker } = devices;
  let letScreenGo = () => {};
  let stopListening = () => {};

  return {
    callId,
    isTraced: traced === true,
    approvals,
    pushToTalk,
    speaker,
    cause: causes.first,
    async connect(signal) {
      signal.addEventListener('abort', approvals.drop, { once: true });
      await connection.connect(signal);
    },
    begin() {
      const texts = context.takeWaitingTexts();
      const isGreeted = greets && texts.length === 0;
      dispatch({ type: 'went_live', ...call, responseDueAtMs: isGreeted ? context.browser.now() : null });
      // The system may have taken the microphone before there was a screen to say so.
      dispatch({ type: 'sound_interrupted', interruption: devices.interruption() });
      // What the call needs comes before what only shows.
      timers.start();
      stopListening = context.browser.listen('touched', timers.touched);
      // Repeated here, because a refusal to play counts only once the call is on the screen.
      speaker.play();
      if (hasMicrophone) pushToTalk.setOn(context.state.getState().sound.pushToTalk);
      for (const text of texts) connection.sendText(text);
      if (isGreeted) {
        if (hasMicrophone) devices.greeting.begin();
        connection.current()?.requestResponse();
      }
      if (hasMicrophone) audio.meterUser(microphone.stream());
      letScreenGo = keepScreenOn(context.browser);
      options.inspect.connected();
      ending.begin();
    },
    setMuted(muted) {
      if (!hasMicrophone || pushToTalk.isOn()) return;
      audio.resume();
      microphone.setMuted(muted);
      dispatch({ type: 'mute_changed', muted });
    },
    setPushToTalk(on) {
      if (!hasMicrophone || on === pushToTalk.isOn()) return;
      pushToTalk.setOn(on);
      microphone.setMuted(false);
    },
    changeMicrophone: async (id) => !hasMicrophone || microphone.change(id),
    changeSpeaker: speaker.change,
    resumeSound() {
      speaker.play();
      void microphone.reopen();
    },
    returned() {
      speaker.play();
      microphone.returned();
    },
    stopAgent: () => connection.current()?.interrupt(),
    sendText(text) {
      audio.resume();
      connection.sendText(text);
    },
    close(hungUp) {
      letScreenGo();
      stopListening();
      timers.stop();
      farewell.cancel();
      approvals.drop();
      devices.greeting.cancel();
      pushToTalk.drop();
      microphone.close();
      const closed = connection.close(hungUp);
      speaker.close();
      audio.close();
      return closed;
    },
  };
}
