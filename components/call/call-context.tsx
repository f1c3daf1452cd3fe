'use client';

import { createContext, type ReactNode, useContext, useState } from 'react';
import { createLevelLoop, type LevelLoop } from '@/components/call/level-loop';
import type { CallStore } from '@/lib/client/call-store';
import { useCall } from '@/lib/client/use-call';
import type { CallState } from '@/lib/shared/call-state';

/** What the page tells the call screen about the agent and the visit. Plain data from the server. */
export interface CallSetting {
  agent: { title: string; tagline: string; examples: readonly string[] };
  /** What happens to the sound of a call, in one sentence. */
  privacy: string;
  secondsLeftToday: number;
}

interface CallContextValue {
  store: CallStore;
  loop: LevelLoop;
  setting: CallSetting;
}

const CallContext = createContext<CallContextValue | null>(null);

interface CallProviderProps {
  store: CallStore;
  setting: CallSetting;
  children: ReactNode;
}

/** Hands the call's store, its animation loop and the page's facts to everything on the call screen. */
export function CallProvider({ store, setting, children }: CallProviderProps) {
  const [loop] = useState(() => createLevelLoop(store.levels));
  return <CallContext value={{ store, loop, setting }}>{children}</CallContext>;
}

export function useCallContext(): CallContextValue {
  const value = useContext(CallContext);
  if (!value) throw new Error('The call screen’s parts stand inside <CallProvider>.');
  return value;
}

/** Reads a part of the call's state; renders only when that part changes. */
export function useCallState<Part>(select: (state: CallState) => Part): Part {
  return useCall(useCallContext().store, select);
}
