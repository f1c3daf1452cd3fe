import { useEffect, useEffectEvent } from 'react';

/** A way off this page that the user was about to take. */
export interface WayOut {
  take: () => void;
  /** Gets the focus back if the user stays. */
  opener: HTMLElement | null;
}

const isHere = ({ origin, pathname }: Pick<URL, 'origin' | 'pathname'>) =>
  origin === location.origin && pathname === location.pathname;

/** Returns the link of a click that leads away from this page in this window; `null` for any other click. */
function leavingLink(event: MouseEvent): HTMLAnchorElement | null {
  const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!isPlain || link === null || link.href === '') return null;
  if (link.target !== '' || link.hasAttribute('download')) return null;
  return isHere(link) ? null : link;
}

/** A menu closes as the question appears: then the button that opened it gets the focus back. */
const openerOf = (link: HTMLElement): HTMLElement =>
  document.getElementById(link.closest('[role="menu"]')?.getAttribute('aria-labelledby') ?? '') ?? link;

/** Back or forward to another page of this site, without a new document. A browser lets nobody be held twice in a row. */
const isHeldTraversal = ({ navigationType, cancelable, destination }: NavigateEvent) =>
  navigationType === 'traverse' && cancelable && !isHere(new URL(destination.url));

/**
 * While `isGuarded`, holds back links, and back and forward within the site, and passes each to `onWayOut`. What replaces the
 * document otherwise, such as a reload or a closed tab, only the browser can ask about; it never does for what is held back.
 */
export function useWaysOut(isGuarded: boolean, onWayOut: (way: WayOut) => void): void {
  const hold = useEffectEvent((event: Event, way: WayOut) => {
    event.preventDefault();
    onWayOut(way);
  });

  useEffect(() => {
    if (!isGuarded) return;
    const watch = new AbortController();
    const { signal } = watch;
    const onClick = (event: MouseEvent) => {
      const link = leavingLink(event);
      if (link) hold(event, { take: () => location.assign(link.href), opener: openerOf(link) });
    };
    const onNavigate = (event: NavigateEvent) => {
      if (!isHeldTraversal(event)) return;
      const { key } = event.destination;
      const { activeElement } = document;
      const opener = activeElement instanceof HTMLElement ? activeElement : null;
      hold(event, { take: () => void navigation.traverseTo(key), opener });
    };
    // Before the link's own handler.
    document.addEventListener('click', onClick, { capture: true, signal });
    // Not in every browser, whatever the type says.
    const known: Navigation | undefined = window.navigation;
    known?.addEventListener('navigate', onNavigate, { signal });
    // Only during a call: some browsers do not keep a page with such a listener for the way back.
    window.addEventListener('beforeunload', (event) => event.preventDefault(), { signal });
    return () => watch.abort();
  }, [isGuarded]);
}
