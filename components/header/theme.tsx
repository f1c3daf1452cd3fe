'use client';

import { Moon, Sun } from 'lucide-react';
import { ThemeProvider, useTheme } from 'next-themes';
import type { ReactNode } from 'react';
import { buttonClass } from '@/components/ui/button-class';

/** Light or dark, for everything in the layout. `nonce`: of the script that chooses before the first paint. */
export function Theme({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return (
    <ThemeProvider attribute="class" nonce={nonce} disableTransitionOnChange>
      {children}
    </ThemeProvider>
  );
}

/**
 * Switches between light and dark. The style sheet chooses the icon, so the server's HTML is right in both. It is in the
 * layout's file: elsewhere, a page and its error page would each load a copy of it, and of what icons and buttons are made of.
 */
export function ThemeSwitch() {
  const { resolvedTheme, setTheme } = useTheme();
  return (
    <button
      type="button"
      className={buttonClass({ look: 'quiet', shape: 'icon' })}
      onClick={() => setTheme(resolvedTheme === 'dark' ? 'light' : 'dark')}
    >
      <Moon className="size-5 dark:hidden" aria-hidden />
      <Sun className="hidden size-5 dark:block" aria-hidden />
      <span className="sr-only">Switch between light and dark</span>
    </button>
  );
}
