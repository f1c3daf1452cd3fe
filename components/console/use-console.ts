'use client';

import { useCallback, useEffect, useState } from 'react';
import { fetchConsole } from '@/lib/client/api/console-api';
import type { ConsoleState } from '@/lib/shared/console';

const BUSY_MS = 5_000;
const QUIET_MS = 30_000;

/** The console's state, asked again while the tab is visible: every 5 s while somebody talks, else every 30 s. */
export function useConsole() {
  const [state, setState] = useState<ConsoleState | null>(null);
  const [hasFailed, setHasFailed] = useState(false);
  const refresh = useCallback(async () => {
    const next = await fetchConsole();
    setHasFailed(next === null);
    if (next) setState(next);
  }, []);
  const waitMs = state !== null && state.calls.length > 0 ? BUSY_MS : QUIET_MS;
  useEffect(() => void refresh(), [refresh]);
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') void refresh();
    };
    const timer = setInterval(look, waitMs);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [refresh, waitMs]);
  return { state, hasFailed, refresh, setState };
}
