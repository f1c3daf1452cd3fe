import { createCallApi } from '@/lib/client/call-api';
import { CallFailure, MicrophoneFailure, ownFailure } from '@/lib/client/call-failure';
import { type CallParts, freshTicket, gatherParts } from '@/lib/client/call-setup';
import { type CallSound, createCallSound, type Levels } from '@/lib/client/call-sound';
import type { EngineContext, StartOptions } from '@/lib/client/engine-context';
import { createLiveCall, type LiveCall } from '@/lib/client/live-call';
import { watchPermission } from '@/lib/client/microphone';
import { createTicketDesk } from '@/lib/client/ticket-desk';
import { within } from '@/lib/client/within';
import type { EndReason } from '@/lib/shared/contract';

/** From the microphone on, a call is up by then or it failed. */
const CONNECT_LIMIT_MS = 20_000;

interface Attempt {
  controller: AbortController;
  parts: CallParts;
  sound: CallSound;
  /** Set from dialling on. */
  call: LiveCall | null;
}

/** Opens, holds and ends calls, one at a time. The store loads it when it is wanted. */
export interface CallEngine {
  start(options: StartOptions): void;
  cancel(): void;
  end(reason: EndReason): void;
  reset(): void;
  setMuted(muted: boolean): void;
  stopAgent(): void;
  sendText(text: string): void;
  answerApproval(toolCallId: string, allowed: boolean): void;
  playAudio(): void;
  /** `null` outside a call. */
  levels(): Levels | null;
  /** Fetches the SDK ahead of the first call. */
  prefetch(): Promise<unknown>;
}

/** Settles only when `work` fails. */
const failureOf = (work: Promise<unknown>) => new Promise<never>((_, reject) => work.catch(reject));

export function createCallEngine(context: EngineContext): CallEngine {
  const { browser, dispatch } = context;
  const api = createCallApi(browser);
  const desk = createTicketDesk(browser, api);
  let attempt: Attempt | null = null;
  let live: { call: LiveCall; sound: CallSound } | null = null;
  let stopWatching = () => {};

  async function connect(current: Attempt, options: StartOptions): Promise<LiveCall> {
    const { controller, parts, sound } = current;
    const { signal } = controller;
    const stream = await Promise.race([parts.stream, failureOf(parts.held), failureOf(parts.realtime)]);
    signal.throwIfAborted();
    dispatch({ type: 'microphone_granted' });
    const dial = async () => {
      const [held, realtime] = await Promise.all([freshTicket(parts, desk, options, signal), parts.realtime]);
      signal.throwIfAborted();
      const hasMicrophone = !options.typed;
      const call = createLiveCall({
        context,
        api,
        held,
        stream,
        hasMicrophone,
        realtime,
        sound,
        onOver: end,
      });
      current.call = call;
      await call.connect(signal);
      return call;
    };
    return within(dial(), CONNECT_LIMIT_MS, signal);
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
      desk.keep(current.parts.held);
      dispatch({ type: 'microphone_refused', why: error.why });
      if (error.why === 'blocked') {
        stopWatching = watchPermission(browser, () => dispatch({ type: 'microphone_allowed' }));
      }
      return;
    }
    desk.giveBack(current.parts.held, 'setup_failed', released);
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

  function cancel(): void {
    if (attempt === null) return;
    const { parts } = attempt;
    desk.giveBack(parts.held, 'user', abandon(attempt));
    dispatch({ type: 'cancelled' });
  }

  browser.listen('pagehide', () => {
    // Nothing can be awaited any longer: what is known is told now.
    if (attempt !== null) desk.giveBack(attempt.parts.held, 'page_closed');
    cancel();
    desk.giveBackKept();
    void end('page_closed');
  });

  return {
    cancel,
    end: (reason) => void end(reason),
    start(options) {
      stopWatching();
      const controller = new AbortController();
      const sound = createCallSound(browser);
      const parts = gatherParts(browser, desk, sound, options, controller.signal);
      const current: Attempt = { controller, parts, sound, call: null };
      attempt = current;
      connect(current, options).then(
        (call) => {
          if (attempt !== current) return;
          attempt = null;
          live = { call, sound };
          call.begin();
        },
        (error: unknown) => {
          if (attempt === current) fail(current, error);
        },
      );
    },
    reset() {
      stopWatching();
      desk.giveBackKept();
    },
    setMuted: (muted) => live?.call.setMuted(muted),
    stopAgent: () => live?.call.stopAgent(),
    sendText: (text) => live?.call.sendText(text),
    answerApproval: (toolCallId, allowed) => live?.call.answerApproval(toolCallId, allowed),
    playAudio: () => live?.call.playAudio(),
    levels: () => live?.sound.levels() ?? null,
    prefetch: () => browser.loadRealtime(),
  };
}
