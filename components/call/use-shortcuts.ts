import { useEffect } from 'react';
import { type CallSetting, startChosen } from '@/components/call/call-context';
import { usePreferences } from '@/components/call/call-preferences';
import type { CallStore } from '@/lib/client/call/call-store';

const TEXT_FIELDS = 'input, textarea, select, [contenteditable="true"]';
const LAYERS = '[role="menu"], [role="dialog"], [role="alertdialog"]';
/** Of the push-to-talk button: with the focus on it, Space is held instead of clicking. */
export const HOLD_BUTTON_ID = 'hold-to-talk';
/** Elements that use Space themselves, to click or to scroll. */
const TAKES_SPACE = `a, button:not(#${HOLD_BUTTON_ID}), summary, [tabindex="0"]`;

const isInside = ({ target }: KeyboardEvent, selector: string) =>
  target instanceof Element && target.closest(selector) !== null;

/** Returns true for keys that belong to a text field, a shortcut of the browser, or an open menu or dialog. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return true;
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  return isInside(event, `${TEXT_FIELDS}, ${LAYERS}`);
}

const hasPushToTalk = ({ getState }: CallStore) => {
  const { phase } = getState();
  return phase.name === 'live' && /^(held|released)$/.test(phase.call.microphone);
};

/** Returns true if Space was handled; then the page must not scroll and the button must not click. */
function onSpaceDown(event: KeyboardEvent, store: CallStore, setting: CallSetting): boolean {
  if (isInside(event, TAKES_SPACE)) return false;
  if (hasPushToTalk(store)) {
    if (!event.repeat) store.commands.holdToTalk(true);
    return true;
  }
  if (event.repeat || store.getState().phase.name !== 'ready') return false;
  startChosen({ store, setting });
  return true;
}

function onLetter(event: KeyboardEvent, { getState, commands }: CallStore): void {
  const { phase } = getState();
  if (phase.name !== 'live' || event.repeat) return;
  if (event.key === 'Escape') commands.stopAgent();
  const { microphone } = phase.call;
  const canMute = microphone === 'on' || microphone === 'muted';
  if (event.key.toLowerCase() === 'm' && canMute) commands.setMuted(microphone === 'on');
}

/**
 * Keyboard shortcuts, unless the user switched them off (WCAG 2.1.4): Space talks, or is held to talk; M mutes; Escape stops
 * the agent. Text fields keep their keys.
 */
export function useShortcuts(store: CallStore, setting: CallSetting): void {
  const { shortcuts } = usePreferences();
  useEffect(() => {
    if (!shortcuts) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (isTaken(event)) return;
      if (event.code !== 'Space') onLetter(event, store);
      else if (onSpaceDown(event, store, setting)) event.preventDefault();
    };
    const onKeyUp = (event: KeyboardEvent) => {
      if (event.code !== 'Space' || !hasPushToTalk(store)) return;
      store.commands.holdToTalk(false);
      // A button clicks when the key is released.
      if (isInside(event, `#${HOLD_BUTTON_ID}`)) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    window.addEventListener('keyup', onKeyUp);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      window.removeEventListener('keyup', onKeyUp);
    };
  }, [store, setting, shortcuts]);
}
