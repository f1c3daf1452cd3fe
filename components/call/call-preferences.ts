import { useSyncExternalStore } from 'react';
import { createObservable } from '@/lib/client/state/observable';
import type { CallOptions } from '@/lib/shared/contract';

export type CaptionSize = 'normal' | 'large' | 'largest';

/** What the person chose for their calls. Kept in this browser only. */
export interface CallPreferences {
  /** `null`: the page's default agent. */
  agent: string | null;
  /** By name of the agent. What is left out is the agent's own. */
  options: Readonly<Record<string, CallOptions>>;
  captions: CaptionSize;
}

/** What an agent lets people choose from. */
export interface AgentChoices {
  languages: readonly string[];
  voices: readonly string[];
  accents: readonly string[];
  tones: readonly string[];
}

const KEY = 'parley-preferences';
const CAPTION_SIZES: readonly CaptionSize[] = ['normal', 'large', 'largest'];
const DEFAULTS: CallPreferences = { agent: null, options: {}, captions: 'normal' };
const LISTS = { language: 'languages', voice: 'voices', accent: 'accents', tone: 'tones' } as const;

export type OptionName = keyof typeof LISTS;

/** Reads what was stored; anything odd counts as never chosen. */
export function parsePreferences(text: string | null): CallPreferences {
  try {
    const stored = { ...DEFAULTS, ...JSON.parse(text ?? '{}') } as CallPreferences;
    return {
      agent: typeof stored.agent === 'string' ? stored.agent : null,
      options: typeof stored.options === 'object' && stored.options !== null ? stored.options : {},
      captions: CAPTION_SIZES.includes(stored.captions) ? stored.captions : 'normal',
    };
  } catch {
    return DEFAULTS;
  }
}

/** The choices that the agent still offers: an agent may have changed since. */
export function offeredOptions(chosen: CallOptions | undefined, choices: AgentChoices): CallOptions {
  const offered = (Object.keys(LISTS) as OptionName[]).flatMap((name) => {
    const value = chosen?.[name];
    return value !== undefined && choices[LISTS[name]].includes(value) ? [[name, value]] : [];
  });
  return Object.fromEntries(offered);
}

const observable = createObservable(DEFAULTS);
let isRead = false;

/** The stored preferences. Only in a browser. */
export function getPreferences(): CallPreferences {
  if (!isRead) {
    isRead = true;
    try {
      observable.set(parsePreferences(localStorage.getItem(KEY)));
    } catch {
      // A browser may keep its storage to itself: then nothing is remembered.
    }
  }
  return observable.getState();
}

export function setPreferences(change: Partial<CallPreferences>): void {
  observable.set({ ...getPreferences(), ...change });
  try {
    localStorage.setItem(KEY, JSON.stringify(observable.getState()));
  } catch {
    // The choice holds until the page is left.
  }
}

export const usePreferences = (): CallPreferences =>
  useSyncExternalStore(observable.subscribe, getPreferences, () => DEFAULTS);
