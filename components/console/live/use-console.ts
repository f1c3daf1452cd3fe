'use client';

import { useCallback, useEffect, useState } from 'react';
import { fetchConsole } from '@/lib/client/api/console-api';
import type { ConsoleState } from '@/lib/shared/owner/console';

const LOOK_EVERY_MS = 5_000;

/** The console's state, asked again every 5 s while the tab is visible: a hidden one costs nothing. */
export function useConsole() {
  const [state, setState] = useState<ConsoleState | null>(null);
  const [hasFailed, setHasFailed] = useState(false);
  const refresh = useCallback(async () => {
    const next = await fetchConsole();
    setHasFailed(next === null);
    if (next) setState(next);
  }, []);
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
  return { state, hasFailed, refresh, setState };
}
