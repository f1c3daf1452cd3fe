'use client';

import { createContext, type ReactNode, useContext, useState, useSyncExternalStore } from 'react';
import { preconnect } from 'react-dom';
import { getPreferences, usePreferences } from '@/components/call/call-preferences';
import { createLevelLoop, type LevelLoop } from '@/components/call/wheel/level-loop';
import type { CallStore } from '@/lib/client/call/call-store';
import type { CallState } from '@/lib/client/state/call-state';
import { type AgentChoices, pickOffered } from '@/lib/shared/agent-choices';

/** One agent as the page shows it. */
export interface AgentFacts {
  name: string;
  title: string;
  tagline: string;
  examples: readonly string[];
  choices: AgentChoices;
}

/** What the server's page tells the call screen: agents, privacy, time and price. Plain data. */
export interface CallSetting {
  /** The agents that the user may call, the default one first. */
  agents: readonly [AgentFacts, ...AgentFacts[]];
  /** What happens to the sound of a call, in one or two sentences. */
  privacy: string;
  /** `null`: it could not be read. */
  secondsLeftToday: number | null;
  /** The planning price of a second. `simulated`: the sandbox is in the call, so it costs nothing. */
  price: { microUsdPerSecond: number; simulated: boolean };
  /** Names of the tools whose successful runs are listed on the receipt. */
  changingTools: readonly string[];
  /** This user may read why the voice service refused, and what its owner can do. */
  showsCauses: boolean;
  /** The server connects this user's calls, and the browser never gets the provider's secret. */
  relayed: boolean;
  /** Where the browser itself connects its calls, unless that is this machine. `null`: nowhere. */
  directOrigin: string | null;
  /** Days until a kept conversation is deleted. */
  historyKeepDays: number;
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

/** Provides the call's store, its animation loop and the page's data to everything on the call screen. */
export function CallProvider({ store, setting, children }: CallProviderProps) {
  const [loop] = useState(() => createLevelLoop(store.levels));
  return <CallContext value={{ store, loop, setting }}>{children}</CallContext>;
}

export function useCallContext(): CallContextValue {
  const value = useContext(CallContext);
  if (!value) throw new Error('Parts of the call screen must be rendered inside <CallProvider>.');
  return value;
}

/** Reads a part of the call's state; renders only when it changes. `select` must return a part, not a new object. */
export function useCallState<Part>(select: (state: CallState) => Part): Part {
  const { store } = useCallContext();
  return useSyncExternalStore(
    store.subscribe,
    () => select(store.getState()),
    () => select(store.getInitialState()),
  );
}

/** Returns the agent of that name, or the default agent. */
export const findAgent = ({ agents }: CallSetting, name: string | null): AgentFacts =>
  agents.find((agent) => agent.name === name) ?? agents[0];

/** Returns the name of the agent in the call, or in the one that has just ended; `null` where there is none. */
function nameInCall({ phase }: CallState): string | null {
  if (phase.name === 'live') return phase.call.agent.name;
  return 'agent' in phase ? phase.agent.name : null;
}

/** The agent in the call, and on its receipt; otherwise the agent that Talk would call. */
export function useAgent(): AgentFacts {
  const { setting } = useCallContext();
  const { agent } = usePreferences();
  return findAgent(setting, useCallState(nameInCall) ?? agent);
}

/** Starts a call with the agent and the options that the user chose. */
export function startChosen(
  { store, setting }: Pick<CallContextValue, 'store' | 'setting'>,
  how: { typed?: boolean } = {},
): void {
  const preferences = getPreferences();
  const { name, choices } = findAgent(setting, preferences.agent);
  const { pace } = preferences;
  const chosen = { ...preferences.options[name], ...(pace === null ? {} : { pace }) };
  const options = pickOffered(chosen, choices);
  // The handshakes of TCP and TLS take as long as the ticket does. Without cookies, as the offer goes.
  if (setting.directOrigin !== null) preconnect(setting.directOrigin, { crossOrigin: 'anonymous' });
  store.commands.start({ ...how, agent: name, options, relayed: setting.relayed });
}
