import type { RefObject } from 'react';

/**
 * Gives the focus back to the button that opened a dialog, unless the user is elsewhere by then. Radix does so only for its own
 * triggers, which would have to be loaded with the page.
 */
export function returnFocus(opener: RefObject<HTMLElement | null>): void {
  if (document.activeElement === document.body) opener.current?.focus();
}
