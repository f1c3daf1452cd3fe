import type { Levels } from '@/lib/client/audio/levels';
import type { CallEngine } from '@/lib/client/call/call-engine';
import type { StartOptions } from '@/lib/client/call/engine-context';
import { emptyInspect, type InspectState } from '@/lib/client/inspect/inspect-state';
import type { CallBrowser } from '@/lib/client/page/browser';
import { findUnsupported } from '@/lib/client/page/browser-support';
import type { SetupEvent } from '@/lib/client/state/call-event';
import type { CallState } from '@/lib/client/state/call-state';
import { createObservable, type Observable } from '@/lib/client/state/observable';
import { initialTrackedCall, reduceSetup } from '@/lib/client/state/reduce-setup';
import type { EndReason } from '@/lib/shared/contract';

/** What the person can do. Commands run from event handlers; one that does not fit the phase does nothing. */
export interface CallCommands {
  start(options?: StartOptions): void;
  /** Starts again the way it was started last. */
  retry(): void;
  /** Gives up a call that is being set up. */
  cancel(): void;
  end(reason?: EndReason): void;
  setMuted(muted: boolean): void;
  /** Silences what the agent is saying now. */
  stopAgent(): void;
  /** During set-up the text waits until the call is up. */
  sendText(text: string): void;
  answerApproval(toolCallId: string, allow: boolean): void;
  /** After the browser blocked playback: call it from a gesture. */
  playAudio(): void;
  /** Back to the start, with an empty record. */
  reset(): void;
  /** Finds the sound devices, for the first time or again. */
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
  /** The state a server renders: nothing is known of the browser yet. */
  getInitialState(): CallState;
  /** A call that lost its last listener ends. */
  subscribe(listener: () => void): () => void;
  commands: CallCommands;
  /** For developers: events, times, tokens and requests of the last call. Empty before the first one. */
  inspect: Observable<InspectState>;
  /** Loudness of both sides, 0…1. Cheap: read it once per animation frame. */
  levels(): Levels;
  /** Fetches the call engine and the SDK; call it when the page is idle or the person is about to talk. */
  prefetch(): void;
}

export interface CallStoreOptions {
  /** A tool changed what the page shows. */
  onDataChanged?: () => void;
  /** Replaces parts of the browser, for tests. */
  browser?: Partial<CallBrowser>;
}

/** Long enough for React to subscribe anew, short enough for an open microphone. */
const UNWATCHED_LIMIT_MS = 1_000;
const SILENCE: Levels = { user: 0, agent: 0 };
const UNREACHABLE = 'This page didn’t load completely. Check your connection and try again.';

/** The call screen's one source of truth. Creating it has no effect outside; it owns at most one call. */
export function createCallStore(options: CallStoreOptions = {}): CallStore {
  const why = findUnsupported();
  const state = createObservable(initialTrackedCall);
  const inspect = createObservable(emptyInspect);
  let engine: CallEngine | null = null;
  let loading: Promise<CallEngine> | null = null;
  let lastStart: StartOptions = {};
  let waitingTexts: string[] = [];
  /** Counts attempts: an engine that arrives after a cancel must not start. */
  let startCount = 0;

  const dispatch = (event: SetupEvent) => state.set(reduceSetup(state.getState(), event));

  async function loadEngine(): Promise<CallEngine> {
    const [{ createCallEngine }, { thisBrowser }] = await Promise.all([
      import('@/lib/client/call/call-engine'),
      import('@/lib/client/page/browser'),
    ]);
    engine = createCallEngine({
      browser: { ...thisBrowser, ...options.browser },
      state,
      inspect,
      onDataChanged: () => options.onDataChanged?.(),
      takeWaitingTexts: () => waitingTexts.splice(0),
    });
    return engine;
  }

  const withEngine = (): Promise<CallEngine> => {
    loading ??= loadEngine().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };

  /** Commands may end in "ready", which a browser without the means must not show. */
  const admitUnsupported = () => {
    if (why !== null) dispatch({ type: 'unsupported', why });
  };

  /** What fails to load here is loaded again at the next command. */
  const withSound = (act: (sound: CallEngine['sound']) => void) => {
    withEngine()
      .then(({ sound }) => act(sound))
      .catch(() => {});
  };

  function start(startOptions: StartOptions = {}): void {
    const { typed = false } = startOptions;
    if (why !== null && !typed) {
      reset();
      return;
    }
    const before = state.getState();
    dispatch({ type: 'start_requested', typed });
    if (state.getState() === before) return;
    lastStart = startOptions;
    waitingTexts = [];
    const attempt = ++startCount;
    const isWanted = () => attempt === startCount;
    withEngine()
      .then((loaded) => isWanted() && loaded.start(startOptions))
      .catch(() => {
        const refusal = { code: 'network', message: UNREACHABLE, retryAtMs: null } as const;
        if (isWanted()) dispatch({ type: 'refused', refusal });
      });
  }

  function cancel(): void {
    startCount++;
    engine?.cancel();
    dispatch({ type: 'cancelled' });
    admitUnsupported();
  }

  function reset(): void {
    engine?.reset();
    dispatch({ type: 'reset' });
    admitUnsupported();
  }

  const commands: CallCommands = {
    start,
    cancel,
    retry: () => start(lastStart),
    end(reason = 'user') {
      if (state.getState().phase.name === 'live') engine?.end(reason);
      else cancel();
    },
    setMuted: (muted) => engine?.setMuted(muted),
    stopAgent: () => engine?.stopAgent(),
    sendText(text) {
      const words = text.trim();
      const { name } = state.getState().phase;
      if (words === '') return;
      if (name === 'asking_microphone' || name === 'connecting') waitingTexts.push(words);
      else engine?.sendText(words);
    },
    answerApproval: (toolCallId, allow) => engine?.answerApproval(toolCallId, allow),
    playAudio: () => engine?.playAudio(),
    reset,
    openSound: () => withSound((sound) => sound.open()),
    previewMicrophone: (on) => withSound((sound) => sound.preview(on)),
    chooseMicrophone: (id) => withSound((sound) => sound.chooseMicrophone(id)),
    chooseSpeaker: (id) => withSound((sound) => sound.chooseSpeaker(id)),
    setPushToTalk: (on) => withSound((sound) => sound.setPushToTalk(on)),
    holdToTalk: (held) => engine?.holdToTalk(held),
  };

  /** The screen was left within the app: nobody sees that the microphone is open. */
  const endUnwatched = () => {
    if (state.hasListeners()) return;
    engine?.sound.preview(false);
    commands.end('page_closed');
  };

  admitUnsupported();

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
    levels: () => engine?.levels() ?? SILENCE,
    prefetch() {
      withEngine()
        .then((loaded) => loaded.prefetch())
        .catch(() => {});
    },
  };
}
