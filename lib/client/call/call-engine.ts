import { type CallApi, createCallApi } from '@/lib/client/api/call-api';
import {
  CallFailure,
  causeOf,
  MicrophoneFailure,
  ownFailure,
  SecretRefusal,
} from '@/lib/client/api/call-failure';
import { createTickets, type Tickets } from '@/lib/client/api/tickets';
import { createDevices, type Devices } from '@/lib/client/audio/devices';
import type { CallAudio, Levels } from '@/lib/client/audio/levels';
import { watchPermission } from '@/lib/client/audio/microphone';
import { createMicrophoneForesight, type MicrophoneForesight } from '@/lib/client/audio/microphone-foresight';
import { beginSetup, type CallSetup, type CallSetupOptions } from '@/lib/client/call/call-setup';
import type { EngineContext, StartOptions } from '@/lib/client/call/engine-context';
import { createLiveCall, type LiveCall } from '@/lib/client/call/live-call';
import { createSparePeer, type SparePeer } from '@/lib/client/connection/spare-peer';
import { createInspectRecorder, type InspectRecorder } from '@/lib/client/inspect/inspect-recorder';
import { listTurnReports } from '@/lib/client/inspect/turn-reports';
import type { CallBrowser } from '@/lib/client/page/browser';
import { scopeBrowser } from '@/lib/client/page/scoped-browser';
import type { CallEvent } from '@/lib/client/state/call-event';
import { reduceCall } from '@/lib/client/state/reduce-call';
import type { EndReason, TurnReport } from '@/lib/shared/contract';
import type { ProviderCause } from '@/lib/shared/provider-cause';

/** Opens, holds and ends calls, one at a time. The store loads it on demand. */
export interface CallEngine {
  start(options: StartOptions): void;
  cancel(): void;
  end(reason: EndReason): void;
  reset(): void;
  /** Devices and way of talking, also outside a call. */
  readonly devices: Devices;
  /** Returns the call that is up. */
  live(): LiveCall | null;
  /** `null` outside a call, unless the microphone is being tried out. */
  levels(): Levels | null;
  /** Fetches the SDK, looks for a microphone and makes the offer of the next call, ahead of the click. */
  prefetch(): Promise<unknown>;
  /** The screen is gone, and with it whatever would listen, or wait for its next call. A call that is up ends first. */
  leave(): void;
}

type Dispatch = (event: CallEvent) => void;

/** Silences and releases a call. A part that cannot be released is reported, and the end goes on. */
async function release(call: LiveCall, hungUp: Promise<unknown>, browser: CallBrowser): Promise<void> {
  try {
    await call.close(hungUp);
  } catch (error) {
    browser.reportError(error);
  }
}

interface EndCallOptions {
  browser: CallBrowser;
  api: CallApi;
  dispatch: Dispatch;
  turns: TurnReport[];
}

/** Silence first, then the hang-up at the server, then the receipt. */
async function endCall(call: LiveCall, reason: EndReason, options: EndCallOptions): Promise<void> {
  const { browser, api, dispatch } = options;
  let endedAtServer = () => {};
  const hungUp = new Promise<void>((resolve) => {
    endedAtServer = resolve;
  });
  void release(call, hungUp, browser);
  dispatch({ type: 'call_ending', reason });
  const cause = call.cause();
  const receipt = await api.endCall(call.callId, reason, { cause, turns: options.turns });
  endedAtServer();
  dispatch({ type: 'call_ended', reason: receipt?.reason ?? reason, cause, receipt });
}

interface AttemptsOptions {
  context: EngineContext;
  dispatch: Dispatch;
  tickets: Tickets;
  foresight: MicrophoneForesight;
  spare: SparePeer;
  inspect: InspectRecorder;
  createCall: CallSetupOptions['createCall'];
  onUp: (call: LiveCall, audio: CallAudio) => void;
}

/** Attempts at a call, one at a time. A ticket that an attempt leaves behind is kept or given back. */
function createAttempts(options: AttemptsOptions) {
  const { context, dispatch, tickets, spare, onUp } = options;
  const { browser, loadSdk } = context;
  let current: CallSetup | null = null;
  let stopWatching = () => {};

  /** Lets go of everything but the ticket. Resolves when the connection is gone. */
  function drop(setup: CallSetup): Promise<void> {
    current = null;
    const released = setup.abandon();
    spare.callOver();
    return released;
  }

  function giveUp(setup: CallSetup, reason: EndReason, cause: ProviderCause | null = null): void {
    tickets.giveBack(setup.held(), reason, { released: drop(setup), cause });
  }

  function refuseMicrophone(setup: CallSetup, { why }: MicrophoneFailure): void {
    void drop(setup);
    tickets.keep(setup.held(), 'setup_failed');
    dispatch({ type: 'microphone_refused', why });
    if (why !== 'blocked') return;
    stopWatching = watchPermission(browser, () => dispatch({ type: 'microphone_allowed' }));
  }

  /** `mayRenew`: a refused secret is replaced once, by another attempt. */
  function begin(start: CallSetupOptions['start'], mayRenew: boolean): void {
    const setup = beginSetup({ ...options, browser, loadSdk, start });
    current = setup;
    setup.connect().then(
      (call) => {
        if (current !== setup) return;
        current = null;
        onUp(call, setup.audio);
      },
      (error: unknown) => {
        if (current !== setup) return;
        if (error instanceof MicrophoneFailure) return refuseMicrophone(setup, error);
        giveUp(setup, 'setup_failed', causeOf(error));
        if (mayRenew && error instanceof SecretRefusal) return begin(start, false);
        if (!(error instanceof CallFailure)) browser.reportError(error);
        const { refusal } = error instanceof CallFailure ? error : ownFailure('internal');
        dispatch({ type: 'refused', refusal });
      },
    );
  }

  return {
    begin: (start: CallSetupOptions['start']) => begin(start, true),
    /** Stops waiting for the user to lift a block of the microphone. */
    stopWatching: () => stopWatching(),
    cancel(): void {
      if (current === null) return;
      const setup = current;
      if (setup.mayKeepTicket()) {
        void drop(setup);
        tickets.keep(setup.held(), 'user');
      } else {
        giveUp(setup, 'user');
      }
      dispatch({ type: 'cancelled' });
    },
    /** Nothing can be awaited when a page closes: a ticket that is here is given back at once. */
    pageClosed(): void {
      if (current === null) return;
      tickets.giveBack(current.held(), 'page_closed');
      void drop(current);
      dispatch({ type: 'cancelled' });
    },
  };
}

export function createCallEngine(given: EngineContext): CallEngine {
  const { browser, close: stopListening } = scopeBrowser(given.browser);
  const context = { ...given, browser };
  const { state } = context;
  const dispatch: Dispatch = (event) => state.set(reduceCall(state.getState(), event));
  const inspect = createInspectRecorder(context.inspect, browser.now);
  const api = createCallApi(browser, inspect.requested);
  const tickets = createTickets(browser, api, ({ seconds }) => {
    if (seconds > 0) dispatch({ type: 'attempt_charged', seconds });
    context.onMinutesChanged();
  });
  const settings = () => state.getState().sound;
  const devices = createDevices({ browser, settings, dispatch, follower: () => live?.call ?? null });
  let live: { call: LiveCall; audio: CallAudio } | null = null;

  function end(reason: EndReason): void {
    if (live === null) return;
    const { call } = live;
    live = null;
    const turns = call.isTraced ? listTurnReports(context.inspect.getState()) : [];
    void endCall(call, reason, { browser, api, dispatch, turns }).finally(spare.callOver);
  }
  const foresight = createMicrophoneForesight(browser);
  const spare = createSparePeer(browser, context.loadSdk);
  const attempts = createAttempts({
    context,
    dispatch,
    tickets,
    foresight,
    spare,
    inspect,
    createCall: (parts) => createLiveCall({ ...parts, context, dispatch, inspect, api, onOver: end }),
    onUp(call, audio) {
      live = { call, audio };
      try {
        call.begin();
      } catch (error) {
        // A call that is up by half would stay so for good.
        browser.reportError(error);
        end('setup_failed');
      }
    },
  });

  browser.onSignOut(() => {
    attempts.cancel();
    tickets.giveBackKept();
    end('signed_out');
  });
  // The key goes up unseen when the page is not in front.
  for (const type of ['blur', 'hidden'] as const) {
    browser.listen(type, () => live?.call.pushToTalk.hold(false));
  }
  for (const type of ['visible', 'focus'] as const) browser.listen(type, () => live?.call.returned());
  browser.listen('pagehide', () => {
    devices.preview(false);
    attempts.pageClosed();
    tickets.giveBackKept();
    end('page_closed');
  });

  return {
    devices,
    end,
    cancel: attempts.cancel,
    live: () => live?.call ?? null,
    start(options) {
      attempts.stopWatching();
      devices.preview(false);
      inspect.restart();
      const { microphoneId } = settings();
      attempts.begin({
        ...options,
        ...(tickets.wantsRelay() ? { relay: true } : {}),
        ...(microphoneId === null ? {} : { deviceId: microphoneId }),
      });
    },
    reset() {
      attempts.stopWatching();
      tickets.giveBackKept();
    },
    levels: () => live?.audio.levels() ?? devices.levels(),
    prefetch() {
      spare.keepReady();
      return Promise.all([context.loadSdk(), foresight.isCertain()]);
    },
    leave() {
      devices.preview(false);
      stopListening();
      attempts.stopWatching();
      tickets.giveBackKept();
      spare.stop();
    },
  };
}
