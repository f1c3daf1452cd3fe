import { useSyncExternalStore } from 'react';
import { asFields } from '@/lib/client/state/as-fields';
import { createObservable } from '@/lib/client/state/observable';
import { OPTION_NAMES } from '@/lib/shared/agent-choices';
import type { CallOptions } from '@/lib/shared/contract';
import { PACES, type Pace } from '@/lib/shared/pace';

export type CaptionSize = 'normal' | 'large' | 'largest';

/** What the user chose for their calls. Kept in this browser only. */
export interface CallPreferences {
  /** `null`: the default agent. */
  agent: string | null;
  /** By the agent's name. An option that is left out takes the agent's default. */
  options: Readonly<Record<string, CallOptions>>;
  /** How soon agents answer; `null`: as each does by itself. */
  pace: Pace | null;
  captions: CaptionSize;
  /** Single keys act wherever the focus is. Whoever dictates to the device presses them unawares. */
  shortcuts: boolean;
}

const KEY = 'parley-preferences';
const CAPTION_SIZES: readonly CaptionSize[] = ['normal', 'large', 'largest'];
const DEFAULTS: CallPreferences = {
  agent: null,
  options: {},
  pace: null,
  captions: 'normal',
  shortcuts: true,
};

function readOptions(stored: unknown): CallOptions {
  const fields = asFields(stored);
  const chosen = OPTION_NAMES.flatMap((name) => {
    const value = fields[name];
    return typeof value === 'string' ? [[name, value]] : [];
  });
  return Object.fromEntries(chosen);
}

/** Reads stored preferences, field by field. An unusable field counts as not chosen. */
function readPreferences(stored: unknown): CallPreferences {
  const { agent, options, pace, captions, shortcuts } = asFields(stored);
  const byAgent = Object.entries(asFields(options));
  return {
    agent: typeof agent === 'string' ? agent : null,
    options: Object.fromEntries(byAgent.map(([name, chosen]) => [name, readOptions(chosen)])),
    pace: PACES.find((one) => one === pace) ?? DEFAULTS.pace,
    captions: CAPTION_SIZES.find((size) => size === captions) ?? DEFAULTS.captions,
    shortcuts: shortcuts !== false,
  };
}

/** Returns the defaults for a text that is not JSON. */
export function parsePreferences(text: string | null): CallPreferences {
  try {
    return readPreferences(JSON.parse(text ?? '{}'));
  } catch {
    return DEFAULTS;
  }
}

const observable = createObservable(DEFAULTS);
let isRead = false;

/** Takes over what is stored. Another tab may have stored it. */
function readStored(): void {
  try {
    const text = localStorage.getItem(KEY);
    if (text !== null) observable.set(parsePreferences(text));
  } catch {
    // A browser may refuse access to its storage; then nothing is remembered.
  }
}

/** Returns the stored preferences, which follow another tab from then on. Runs in the browser only. */
export function getPreferences(): CallPreferences {
  if (!isRead) {
    isRead = true;
    readStored();
    window.addEventListener('storage', ({ key }) => key === KEY && readStored());
  }
  return observable.getState();
}

export function setPreferences(change: Partial<CallPreferences>): void {
  readStored();
  observable.set({ ...observable.getState(), ...change });
  try {
    localStorage.setItem(KEY, JSON.stringify(observable.getState()));
  } catch {
    // Without storage, the choice holds until the page is left.
  }
}

export const usePreferences = (): CallPreferences =>
  useSyncExternalStore(observable.subscribe, getPreferences, () => DEFAULTS);
