import { useEffect } from 'react';
import type { CallStore } from '@/lib/client/call-store';

const TEXT_FIELDS = 'input, textarea, select, [contenteditable="true"]';

/** True for keys that belong to somebody else: a text field, a shortcut of the browser, an open menu. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.repeat) return true;
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  return event.target instanceof Element && event.target.closest(`${TEXT_FIELDS}, [role="menu"]`) !== null;
}

function onShortcut(event: KeyboardEvent, { getState, commands }: CallStore): void {
  const { phase } = getState();
  if (event.code === 'Space' && phase.name === 'ready' && event.target === document.body) {
    event.preventDefault();
    commands.start();
    return;
  }
  if (phase.name !== 'live') return;
  if (event.key === 'Escape') commands.stopAgent();
  const { microphone } = phase.call;
  if (event.key.toLowerCase() === 'm' && microphone !== 'none') commands.setMuted(microphone === 'on');
}

/** Space talks, M mutes, Escape stops the agent; never out of a text field. */
export function useShortcuts(store: CallStore): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!isTaken(event)) onShortcut(event, store);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [store]);
}
