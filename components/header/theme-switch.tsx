'use client';

import { Moon, Sun } from 'lucide-react';
import { useTheme } from 'next-themes';
import { buttonClass } from '@/components/ui/button-class';

/** Switches between light and dark. The style sheet chooses the icon, so the server's HTML is right in both. */
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
