import { createCallApi } from '@/lib/client/api/call-api';
import { CallFailure, MicrophoneFailure, ownFailure, SecretRefusal } from '@/lib/client/api/call-failure';
import { createTickets } from '@/lib/client/api/tickets';
import { within } from '@/lib/client/api/within';
import { createDevices, type Devices } from '@/lib/client/audio/devices';
import { type CallAudio, createCallAudio, type Levels } from '@/lib/client/audio/levels';
import { watchPermission } from '@/lib/client/audio/microphone';
import { type CallParts, freshTicket, gatherParts, type SetupOptions } from '@/lib/client/call/call-setup';
import type { EngineContext, StartOptions } from '@/lib/client/call/engine-context';
import { createLiveCall, type LiveCall } from '@/lib/client/call/live-call';
import { createInspectRecorder } from '@/lib/client/inspect/inspect-recorder';
import type { CallEvent } from '@/lib/client/state/call-event';
import { reduceCall } from '@/lib/client/state/reduce-call';
import type { EndReason } from '@/lib/shared/contract';

/** From the microphone on, a call is up by then or it failed. */
const CONNECT_LIMIT_MS = 20_000;
/** A microphone that is allowed already opens sooner than this: then nobody has to be told of a question. */
const QUESTION_AFTER_MS = 600;

interface Attempt {
  controller: AbortController;
  parts: CallParts;
  sound: CallAudio;
  /** Set from dialling on. */
  call: LiveCall | null;
}

/** Opens, holds and ends calls, one at a time. The store loads it when it is wanted. */
export interface CallEngine {
  start(options: StartOptions): void;
  cancel(): void;
  end(reason: EndReason): void;
  reset(): void;
  /** Devices and way of talking, also outside a call. */
  readonly sound: Omit<Devices, 'levels'>;
  setMuted(muted: boolean): void;
  holdToTalk(held: boolean): void;
  stopAgent(): void;
  sendText(text: string): void;
  answerApproval(toolCallId: string, allowed: boolean): void;
  playAudio(): void;
  /** `null` outside a call, unless the microphone is tried out. */
  levels(): Levels | null;
  /** Fetches the SDK ahead of the first call. */
  prefetch(): Promise<unknown>;
}

/** Settles only when `work` fails. */
const rejectionOnly = (work: Promise<unknown>) => new Promise<never>((_, reject) => work.catch(reject));

export function createCallEngine(context: EngineContext): CallEngine {
  const { browser, state } = context;
  const dispatch = (event: CallEvent) => state.set(reduceCall(state.getState(), event));
  const inspect = createInspectRecorder(context.inspect, browser.now);
  const api = createCallApi(browser, inspect.requested);
  const tickets = createTickets(browser, api);
  let attempt: Attempt | null = null;
  let live: { call: LiveCall; sound: CallAudio } | null = null;
  let stopWatching = () => {};

  const sound = createDevices({
    browser,
    settings: () => state.getState().sound,
    dispatch,
    follower: () => live?.call ?? null,
  });

  async function dial(current: Attempt, options: SetupOptions, stream: MediaStream): Promise<LiveCall> {
    const { controller, parts } = current;
    const { signal } = controller;
    const [held, realtime] = await Promise.all([
      freshTicket(parts, tickets, options, signal),
      parts.realtime,
    ]);
    signal.throwIfAborted();
    const call = createLiveCall({
      context,
      dispatch,
      inspect,
      api,
      held,
      stream,
      hasMicrophone: !options.typed,
      realtime,
      sound: current.sound,
      onOver: end,
    });
    current.call = call;
    await call.connect(signal);
    return call;
  }

  /** A browser that does not tell whether it asks is taken to ask. The returned function stops waiting. */
  function watchQuestion(signal: AbortSignal): () => void {
    const timer = setTimeout(async () => {
      const permission = await browser.microphonePermission();
      if (!signal.aborted && permission?.state !== 'granted')
        dispatch({ type: 'microphone_question_opened' });
    }, QUESTION_AFTER_MS);
    return () => clearTimeout(timer);
  }

  async function connect(current: Attempt, options: SetupOptions): Promise<LiveCall> {
    const { controller, parts } = current;
    const { signal } = controller;
    const stopAsking = watchQuestion(signal);
    const stream = await Promise.race([
      parts.stream,
      rejectionOnly(parts.held),
      rejectionOnly(parts.realtime),
    ]).finally(stopAsking);
    signal.throwIfAborted();
    dispatch({ type: 'microphone_granted' });
    return within(dial(current, options, stream), CONNECT_LIMIT_MS, signal);
  }

  /**
   * Releases what an attempt holds; its late results find the signal aborted and clean up after themselves.
   * Answers when its connection is gone.
   */
  function abandon({ controller, sound, call }: Attempt): Promise<void> {
    attempt = null;
    controller.abort();
    sound.close();
    return call?.close() ?? Promise.resolve();
  }

  function fail(current: Attempt, error: unknown): void {
    const released = abandon(current);
    if (error instanceof MicrophoneFailure) {
      tickets.keep(current.parts.held);
      dispatch({ type: 'microphone_refused', why: error.why });
      if (error.why === 'blocked') {
        stopWatching = watchPermission(browser, () => dispatch({ type: 'microphone_allowed' }));
      }
      return;
    }
    tickets.giveBack(current.parts.held, 'setup_failed', released);
    const { refusal } = error instanceof CallFailure ? error : ownFailure('internal');
    dispatch({ type: 'refused', refusal });
  }

  async function end(reason: EndReason): Promise<void> {
    if (live === null) return;
    const { call } = live;
    live = null;
    let endedAtServer = () => {};
    void call.close(
      new Promise<void>((resolve) => {
        endedAtServer = resolve;
      }),
    );
    dispatch({ type: 'call_ending', reason });
    const receipt = await api.endCall(call.callId, reason);
    endedAtServer();
    dispatch({ type: 'call_ended', reason: receipt?.reason ?? reason, receipt });
  }

  /** `mayRenew`: a secret that was refused is replaced once, by another attempt. */
  function begin(options: SetupOptions, mayRenew: boolean): void {
    const controller = new AbortController();
    const callSound = createCallAudio(browser);
    const parts = gatherParts(browser, tickets, callSound, inspect, options, controller.signal);
    const current: Attempt = { controller, parts, sound: callSound, call: null };
    attempt = current;
    connect(current, options).then(
      (call) => {
        if (attempt !== current) return;
        attempt = null;
        live = { call, sound: callSound };
        call.begin();
      },
      (error: unknown) => {
        if (attempt !== current) return;
        if (mayRenew && error instanceof SecretRefusal) {
          tickets.giveBack(parts.held, 'setup_failed', abandon(current));
          begin(options, false);
        } else fail(current, error);
      },
    );
  }

  function cancel(): void {
    if (attempt === null) return;
    const { parts } = attempt;
    tickets.giveBack(parts.held, 'user', abandon(attempt));
    dispatch({ type: 'cancelled' });
  }

  browser.onSignOut(() => void end('signed_out'));
  for (const type of ['blur', 'hidden'] as const) {
    browser.listen(type, () => live?.call.holdToTalk(false));
  }
  browser.listen('pagehide', () => {
    // Nothing can be awaited any longer: what is known is told now.
    if (attempt !== null) tickets.giveBack(attempt.parts.held, 'page_closed');
    cancel();
    tickets.giveBackKept();
    void end('page_closed');
  });

  return {
    sound,
    cancel,
    end: (reason) => void end(reason),
    start(options) {
      stopWatching();
      sound.preview(false);
      inspect.restart();
      const { microphoneId } = state.getState().sound;
      begin(microphoneId === null ? options : { ...options, deviceId: microphoneId }, true);
    },
    reset() {
      stopWatching();
      tickets.giveBackKept();
    },
    setMuted: (muted) => live?.call.setMuted(muted),
    holdToTalk: (held) => live?.call.holdToTalk(held),
    stopAgent: () => live?.call.stopAgent(),
    sendText: (text) => live?.call.sendText(text),
    answerApproval: (toolCallId, allowed) => live?.call.answerApproval(toolCallId, allowed),
    playAudio: () => live?.call.playAudio(),
    levels: () => live?.sound.levels() ?? sound.levels(),
    prefetch: () => browser.loadRealtime(),
  };
}
