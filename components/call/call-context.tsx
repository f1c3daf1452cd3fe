'use client';

import { createContext, type ReactNode, useContext, useState } from 'react';
import {
  type AgentChoices,
  getPreferences,
  offeredOptions,
  usePreferences,
} from '@/components/call/call-preferences';
import { createLevelLoop, type LevelLoop } from '@/components/call/wheel/level-loop';
import type { CallStore } from '@/lib/client/call/call-store';
import { useCall } from '@/lib/client/call/use-call';
import type { CallState } from '@/lib/client/state/call-state';

/** One agent as the page shows it. */
export interface AgentFacts {
  name: string;
  title: string;
  tagline: string;
  examples: readonly string[];
  choices: AgentChoices;
}

/** What the page tells the call screen about agents and visit. Plain data from the server. */
export interface CallSetting {
  /** Those that this person may call, the default one first. */
  agents: readonly [AgentFacts, ...AgentFacts[]];
  /** What happens to the sound of a call, in one sentence. */
  privacy: string;
  secondsLeftToday: number;
  /** What a second is planned to cost. `simulated`: with the sandbox on the line nobody pays. */
  price: { microUsdPerSecond: number; simulated: boolean };
  /** Names of tools whose success is worth a line on the receipt. */
  changingTools: readonly string[];
  /** How long a conversation stays that its visitor asked to keep. */
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

export const agentNamed = ({ agents }: CallSetting, name: string | null): AgentFacts =>
  agents.find((agent) => agent.name === name) ?? agents[0];

/** Who is on the line; outside a call, who would be. */
export function useAgent(): AgentFacts {
  const { setting } = useCallContext();
  const { agent } = usePreferences();
  const agentInCall = useCallState(({ phase }) => (phase.name === 'live' ? phase.call.agent.name : null));
  return agentNamed(setting, agentInCall ?? agent);
}

/** Starts a call with the agent and the options that the person chose. */
export function startChosen(
  { store, setting }: Pick<CallContextValue, 'store' | 'setting'>,
  how: { typed?: boolean; takeOver?: boolean } = {},
): void {
  const preferences = getPreferences();
  const { name, choices } = agentNamed(setting, preferences.agent);
  const options = offeredOptions(preferences.options[name], choices);
  store.commands.start({ ...how, agent: name, options });
}
