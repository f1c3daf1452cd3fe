import { useLayoutEffect, useRef } from 'react';

/** The heading of a section, which needs a `tabIndex` of -1. */
const findHeading = (button: HTMLElement | null) => button?.closest('section')?.querySelector('h2') ?? null;

/**
 * Keeps the focus in the page when the button that has it goes away, as a row of a list does: the heading of its section gets
 * it. `dialogOpened` says that a dialog of the button has the focus, `buttonFocused` that the button has it again.
 */
export function useFocusFallback() {
  const ref = useRef<HTMLButtonElement>(null);
  const isDialogOpen = useRef(false);
  useLayoutEffect(() => {
    const button = ref.current;
    // React calls this before it removes the button.
    return () => {
      const heading = findHeading(button);
      if (document.activeElement === button) heading?.focus();
      // The dialog goes, too, but holds the focus until it has gone.
      else if (isDialogOpen.current) {
        requestAnimationFrame(() => {
          if (document.activeElement === document.body) heading?.focus();
        });
      }
    };
  }, []);
  return {
    ref,
    dialogOpened: () => {
      isDialogOpen.current = true;
    },
    buttonFocused: () => {
      isDialogOpen.current = false;
    },
  };
}
