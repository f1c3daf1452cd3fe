'use client';

import { Moon, Sun } from 'lucide-react';
import { useTheme } from 'next-themes';
import { buttonClass } from '@/components/ui/button-class';

/** Light or dark. Which icon shows is up to the style sheet, so the server's page is right in both. */
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
