import type { Levels } from '@/lib/client/audio/levels';
import type { CallEngine } from '@/lib/client/call/call-engine';
import type { StartOptions } from '@/lib/client/call/engine-context';
import type { LoadSdk } from '@/lib/client/connection/load-sdk';
import { emptyInspect, type InspectState } from '@/lib/client/inspect/inspect-state';
import type { CallBrowser } from '@/lib/client/page/browser';
import { findUnsupported } from '@/lib/client/page/browser-support';
import type { SetupEvent } from '@/lib/client/state/call-event';
import type { CallState, Refusal, TrackedCall } from '@/lib/client/state/call-state';
import { createObservable, type Observable, type Writable } from '@/lib/client/state/observable';
import { initialTrackedCall, reduceSetup } from '@/lib/client/state/reduce-setup';
import type { EndReason } from '@/lib/shared/contract';
import type { ToolCallId } from '@/lib/shared/ids';

/** What the user can do. Commands run from event handlers; one that does not fit the phase does nothing. */
export interface CallCommands {
  start(options?: StartOptions): void;
  /** Starts again the way it was started last. */
  retry(): void;
  /** Starts again the way it was started last, and ends the user's other open call first. */
  takeOver(): void;
  /** Cancels a call that is being set up. */
  cancel(): void;
  end(reason?: EndReason): void;
  setMuted(muted: boolean): void;
  /** Silences what the agent is saying now. */
  stopAgent(): void;
  /** During set-up the text waits until the call is up. */
  sendText(text: string): void;
  answerApproval(toolCallId: ToolCallId, allow: boolean): void;
  /** After the browser blocked playback: call it from a gesture of the user. */
  playAudio(): void;
  /** After the system took the microphone or the sound: call it from a gesture of the user. */
  resumeSound(): void;
  /** Back to the start, with an empty transcript. */
  reset(): void;
  /** Lists the sound devices, for the first time or again. */
  openSound(): void;
  /** Opens the microphone before a call, to see its level. A call, or `false`, closes it. */
  previewMicrophone(on: boolean): void;
  /** At any time, also during a call; remembered. `null`: the system's default. */
  chooseMicrophone(id: string | null): void;
  chooseSpeaker(id: string | null): void;
  /** At any time; remembered. */
  setPushToTalk(on: boolean): void;
  /** The push-to-talk key goes down or up. */
  holdToTalk(held: boolean): void;
}

/** A store in zustand's vanilla shape, with the commands beside the state. */
export interface CallStore {
  getState(): CallState;
  /** Returns the state that a server renders: nothing is known of the browser yet. */
  getInitialState(): CallState;
  /** A call without a listener ends after a second. */
  subscribe(listener: () => void): () => void;
  commands: CallCommands;
  /** For developers: events, times, tokens and requests of the last call. Empty before the first one. */
  inspect: Observable<InspectState>;
  /** Returns the loudness of both sides, 0…1. Cheap enough for every animation frame. */
  levels(): Levels;
  /** Fetches the call engine and the SDK. Call it when the page is idle or the user is about to talk. */
  prefetch(): void;
}

export interface CallStoreOptions {
  /** A tool changed what the page shows. */
  onDataChanged?: () => void;
  /** An attempt that did not become a call was settled: other minutes are left today than the page shows. */
  onMinutesChanged?: () => void;
  /** Replaces parts of the browser, for tests. */
  browser?: Partial<CallBrowser>;
  /** Replaces the loading of the SDK, for tests. */
  loadSdk?: LoadSdk;
}

/** Long enough for React to subscribe anew, short enough for an open microphone. */
const UNWATCHED_LIMIT_MS = 1_000;
const SILENCE: Levels = { user: 0, agent: 0 };
const PART_MISSING = {
  code: 'part_missing',
  message: 'A part of this page didn’t load.',
  retryAtMs: null,
  cause: null,
} as const;
const BROKEN = {
  code: 'internal',
  message: 'Something went wrong on this page. Reload it and try again.',
  retryAtMs: null,
  cause: null,
} as const;

/** Fetches the call engine once, on demand. A failed fetch is repeated at the next demand. */
function createEngineLoader(create: () => Promise<CallEngine>) {
  let engine: CallEngine | null = null;
  let loading: Promise<CallEngine> | null = null;
  return {
    /** Returns `null` until the engine is loaded. */
    engine: () => engine,
    load(): Promise<CallEngine> {
      if (loading !== null) return loading;
      const attempt = create().then(
        (created) => {
          if (loading === attempt) engine = created;
          else created.leave();
          return created;
        },
        (error: unknown) => {
          if (loading === attempt) loading = null;
          throw error;
        },
      );
      loading = attempt;
      return attempt;
    },
    /** Lets go of the engine, also of one on its way. The next demand makes another. */
    drop(): void {
      engine?.leave();
      engine = null;
      loading = null;
    },
  };
}

interface Setup {
  state: Writable<TrackedCall>;
  loader: ReturnType<typeof createEngineLoader>;
  /** Typed while the call is being set up. */
  waitingTexts: string[];
}

/** The commands that begin a call, or go back to the start. */
function createSetupCommands({ state, loader, waitingTexts }: Setup) {
  const why = findUnsupported();
  let lastStart: StartOptions = {};
  /** Counts attempts: an engine that arrives after a cancel must not start. */
  let startCount = 0;

  const dispatch = (event: SetupEvent) => state.set(reduceSetup(state.getState(), event));
  /** Commands may end in "ready", which a browser without the means must not show. */
  const admitUnsupported = () => {
    if (why !== null) dispatch({ type: 'unsupported', why });
  };

  function reset(): void {
    loader.engine()?.reset();
    dispatch({ type: 'reset' });
    admitUnsupported();
  }

  function start(options: StartOptions, texts: readonly string[]): void {
    const { typed = false } = options;
    if (why !== null && !typed) {
      reset();
      return;
    }
    const before = state.getState();
    dispatch({ type: 'start_requested', typed, language: options.options?.language });
    if (state.getState() === before) return;
    lastStart = options;
    waitingTexts.splice(0, Infinity, ...texts);
    const attempt = ++startCount;
    const isCurrent = () => attempt === startCount;
    const refuse = (refusal: Refusal) => isCurrent() && dispatch({ type: 'refused', refusal });
    const begin = (engine: CallEngine) => {
      try {
        if (isCurrent()) engine.start(options);
      } catch (error) {
        refuse(BROKEN);
        // Thrown, it would replace the page.
        reportError(error);
      }
    };
    const loaded = loader.engine();
    // In the click itself: the requests of the call leave before React renders.
    if (loaded !== null) begin(loaded);
    else loader.load().then(begin, () => refuse(PART_MISSING));
  }

  admitUnsupported();
  return {
    start: (options: StartOptions = {}) => start(options, []),
    reset,
    retry: () => start(lastStart, waitingTexts),
    takeOver: () => start({ ...lastStart, takeOver: true }, waitingTexts),
    cancel(): void {
      startCount++;
      loader.engine()?.cancel();
      dispatch({ type: 'cancelled' });
      admitUnsupported();
    },
  };
}

function createCommands(setup: Setup): CallCommands {
  const { state, loader, waitingTexts } = setup;
  const setupCommands = createSetupCommands(setup);
  const live = () => loader.engine()?.live();
  /** A failed load is repeated at the next command. */
  const withDevices = (act: (devices: CallEngine['devices']) => void) => {
    loader.load().then(
      ({ devices }) => act(devices),
      () => {},
    );
  };
  return {
    ...setupCommands,
    end(reason = 'user') {
      if (state.getState().phase.name === 'live') loader.engine()?.end(reason);
      else setupCommands.cancel();
    },
    setMuted: (muted) => live()?.setMuted(muted),
    stopAgent: () => live()?.stopAgent(),
    sendText(text) {
      const words = text.trim();
      const { name } = state.getState().phase;
      if (words === '') return;
      if (name === 'asking_microphone' || name === 'connecting') waitingTexts.push(words);
      else live()?.sendText(words);
    },
    answerApproval: (toolCallId, allow) => live()?.approvals.answer(toolCallId, allow),
    playAudio: () => live()?.speaker.play(),
    resumeSound: () => live()?.resumeSound(),
    openSound: () => withDevices((devices) => devices.open()),
    previewMicrophone: (on) => withDevices((devices) => devices.preview(on)),
    chooseMicrophone: (id) => withDevices((devices) => devices.chooseMicrophone(id)),
    chooseSpeaker: (id) => withDevices((devices) => devices.chooseSpeaker(id)),
    setPushToTalk: (on) => withDevices((devices) => devices.setPushToTalk(on)),
    holdToTalk: (held) => live()?.pushToTalk.hold(held),
  };
}

/** The call screen's one source of truth. Creating it has no effect outside; it owns at most one call. */
export function createCallStore(options: CallStoreOptions = {}): CallStore {
  const state = createObservable(initialTrackedCall);
  const inspect = createObservable(emptyInspect);
  const waitingTexts: string[] = [];

  async function createEngine(): Promise<CallEngine> {
    const [{ createCallEngine }, { thisBrowser }, { loadSdk }] = await Promise.all([
      import('@/lib/client/call/call-engine'),
      import('@/lib/client/page/browser'),
      import('@/lib/client/connection/load-sdk'),
    ]);
    return createCallEngine({
      browser: { ...thisBrowser, ...options.browser },
      loadSdk: options.loadSdk ?? loadSdk,
      state,
      inspect,
      onDataChanged: () => options.onDataChanged?.(),
      onMinutesChanged: () => options.onMinutesChanged?.(),
      takeWaitingTexts: () => waitingTexts.splice(0),
    });
  }
  const loader = createEngineLoader(createEngine);
  const commands = createCommands({ state, loader, waitingTexts });

  /** The user left the screen within the app and does not see that the microphone is open. */
  const endUnwatched = () => {
    if (state.hasListeners()) return;
    commands.end('page_closed');
    loader.drop();
  };

  return {
    commands,
    inspect,
    getState: state.getState,
    getInitialState: () => initialTrackedCall,
    subscribe(listener) {
      const stop = state.subscribe(listener);
      return () => {
        stop();
        setTimeout(endUnwatched, UNWATCHED_LIMIT_MS);
      };
    },
    levels: () => loader.engine()?.levels() ?? SILENCE,
    prefetch() {
      loader
        .load()
        .then((engine) => engine === loader.engine() && engine.prefetch())
        .catch(() => {});
    },
  };
}
