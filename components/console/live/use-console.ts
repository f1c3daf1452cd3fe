'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { fetchConsole } from '@/lib/client/api/console-api';
import type { ConsoleState } from '@/lib/shared/owner/console';

const LOOK_EVERY_MS = 5_000;

/** The console's state, asked again every 5 s while the tab is visible: a hidden one costs nothing. */
export function useConsole() {
  const [state, setState] = useState<ConsoleState | null>(null);
  const [hasFailed, setHasFailed] = useState(false);
  /** Counts what was asked, and remembers the newest that is shown: an answer from before an act comes too late. */
  const turns = useRef({ asked: 0, shown: 0 });
  const show = useCallback((next: ConsoleState | null, turn = ++turns.current.asked) => {
    if (turn < turns.current.shown) return;
    turns.current.shown = turn;
    setHasFailed(next === null);
    if (next) setState(next);
  }, []);
  const refresh = useCallback(async () => {
    const turn = ++turns.current.asked;
    show(await fetchConsole(), turn);
  }, [show]);
  useEffect(() => void refresh(), [refresh]);
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') void refresh();
    };
    const timer = setInterval(look, LOOK_EVERY_MS);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [refresh]);
  return { state, hasFailed, refresh, show };
}
