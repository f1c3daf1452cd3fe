import type { Levels } from '@/lib/client/audio/levels';

/** Receives the newest levels; returns in how many milliseconds it wants the next ones. */
export type LevelListener = (levels: Levels, nowMs: number) => number;

export interface LevelLoop {
  /** Calls the listener from now on. Returns a function that stops it. */
  add: (listener: LevelListener) => () => void;
  /** Calls every listener in the next frame, because something has changed. */
  wake: () => void;
}

/** A wait up to this long requests a frame at once: a timer would only add delay. */
const FRAME_MS = 20;
/** A frame this much early counts as due: displays do not tick in whole milliseconds. */
const EARLY_MS = 4;

/**
 * The screen's only animation loop. It calls all listeners in the same frame, sleeps until the first of them is due, and
 * stops while there is no listener or the tab is hidden.
 */
export function createLevelLoop(readLevels: () => Levels): LevelLoop {
  const dueAtMs = new Map<LevelListener, number>();
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const onFrame = () => {
    frame = 0;
    const nowMs = performance.now();
    const levels = readLevels();
    for (const [listener, due] of dueAtMs) {
      if (due <= nowMs + EARLY_MS) dueAtMs.set(listener, nowMs + listener(levels, nowMs));
    }
    schedule();
  };

  const schedule = () => {
    clearTimeout(timer);
    if (frame || dueAtMs.size === 0) return;
    const waitMs = Math.min(...dueAtMs.values()) - performance.now();
    const request = () => {
      frame = requestAnimationFrame(onFrame);
    };
    if (waitMs <= FRAME_MS) request();
    else timer = setTimeout(request, waitMs - FRAME_MS / 2);
  };

  const wake = () => {
    for (const listener of dueAtMs.keys()) dueAtMs.set(listener, 0);
    schedule();
  };

  return {
    add(listener) {
      dueAtMs.set(listener, 0);
      schedule();
      return () => {
        dueAtMs.delete(listener);
        if (dueAtMs.size > 0) return;
        clearTimeout(timer);
        cancelAnimationFrame(frame);
        frame = 0;
      };
    },
    wake,
  };
}
