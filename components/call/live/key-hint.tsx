'use client';

import { usePreferences } from '@/components/call/call-preferences';

/** A shortcut key, on the button that it presses. Not where there is no keyboard, or no shortcut. */
export function KeyHint({ children }: { children: string }) {
  const { shortcuts } = usePreferences();
  if (!shortcuts) return null;
  return (
    <kbd
      className="rounded-sm border border-current px-1.5 leading-4 max-sm:hidden pointer-coarse:hidden"
      aria-hidden
    >
      {children}
    </kbd>
  );
}
