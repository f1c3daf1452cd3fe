import { useLayoutEffect, useRef } from 'react';

/** The heading of a section, which needs a `tabIndex` of -1. */
const findHeir = (button: HTMLElement | null) => button?.closest('section')?.querySelector('h2') ?? null;

/**
 * Keeps the focus in the page when the button that has it goes away, as a row of a list does: the heading of its section inherits
 * it. `lend` says that a dialog of the button gets the focus, `takeBack` that the button has it again.
 */
export function useFocusHeir() {
  const ref = useRef<HTMLButtonElement>(null);
  const isLent = useRef(false);
  useLayoutEffect(() => {
    const button = ref.current;
    // React calls this before it removes the button.
    return () => {
      const heir = findHeir(button);
      if (document.activeElement === button) heir?.focus();
      // The dialog goes, too, but holds the focus until it has gone.
      else if (isLent.current) {
        requestAnimationFrame(() => {
          if (document.activeElement === document.body) heir?.focus();
        });
      }
    };
  }, []);
  return {
    ref,
    lend: () => {
      isLent.current = true;
    },
    takeBack: () => {
      isLent.current = false;
    },
  };
}
