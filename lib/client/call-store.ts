import { findUnsupported } from '@/lib/client/browser-support';
import type { CallBrowser } from '@/lib/client/call-browser';
import type { CallEngine } from '@/lib/client/call-engine';
import type { Levels } from '@/lib/client/call-sound';
import type { StartOptions } from '@/lib/client/engine-context';
import type { CallEvent } from '@/lib/shared/call-event';
import type { CallState } from '@/lib/shared/call-state';
import type { EndReason } from '@/lib/shared/contract';
import { initialTrackedCall, reduceCall } from '@/lib/shared/reduce-call';

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
}

/** A store in zustand's vanilla shape, with the commands beside the state. */
export interface CallStore {
  getState(): CallState;
  /** The state a server renders: nothing is known of the browser yet. */
  getInitialState(): CallState;
  /** A call that lost its last listener ends. */
  subscribe(listener: () => void): () => void;
  commands: CallCommands;
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
const UNREACHABLE = 'The page could not be loaded completely. Check your connection and try again.';

/** The call screen's one source of truth. Creating it has no effect outside; it owns at most one call. */
export function createCallStore(options: CallStoreOptions = {}): CallStore {
  const why = findUnsupported();
  let state = initialTrackedCall;
  let engine: CallEngine | null = null;
  let loading: Promise<CallEngine> | null = null;
  let lastStart: StartOptions = {};
  let waitingTexts: string[] = [];
  /** Counts attempts: an engine that arrives after a cancel must not start. */
  let startCount = 0;
  const listeners = new Set<() => void>();

  const dispatch = (event: CallEvent) => {
    const next = reduceCall(state, event);
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener();
  };

  async function loadEngine(): Promise<CallEngine> {
    const [{ createCallEngine }, { thisBrowser }] = await Promise.all([
      import('@/lib/client/call-engine'),
      import('@/lib/client/call-browser'),
    ]);
    engine = createCallEngine({
      browser: { ...thisBrowser, ...options.browser },
      getState: () => state,
      dispatch,
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

  function start(startOptions: StartOptions = {}): void {
    const { typed = false } = startOptions;
    if (why !== null && !typed) {
      reset();
      return;
    }
    const before = state;
    dispatch({ type: 'start_requested', typed });
    if (state === before) return;
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
      if (state.phase.name === 'live') engine?.end(reason);
      else cancel();
    },
    setMuted: (muted) => engine?.setMuted(muted),
    stopAgent: () => engine?.stopAgent(),
    sendText(text) {
      const words = text.trim();
      const { name } = state.phase;
      if (words === '') return;
      if (name === 'asking_microphone' || name === 'connecting') waitingTexts.push(words);
      else engine?.sendText(words);
    },
    answerApproval: (toolCallId, allow) => engine?.answerApproval(toolCallId, allow),
    playAudio: () => engine?.playAudio(),
    reset,
  };

  /** The screen was left within the app: nobody sees that the microphone is open. */
  const endUnwatched = () => {
    if (listeners.size === 0) commands.end('page_closed');
  };

  admitUnsupported();

  return {
    commands,
    getState: () => state,
    getInitialState: () => initialTrackedCall,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
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
