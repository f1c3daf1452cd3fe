import type { ReactNode } from 'react';
import { SandboxBadge } from '@/components/header/sandbox-badge';
import { ThemeSwitch } from '@/components/header/theme';

interface SiteHeaderProps {
  sandbox: boolean;
  /** At the start: the wordmark, or on other pages a link home. */
  home: ReactNode;
  /** The user's time left today, in words. */
  leftToday?: string;
  /** At the end: the account menu. */
  children?: ReactNode;
}

/** The bar at the top of every page. */
export function SiteHeader({ sandbox, home, leftToday, children }: SiteHeaderProps) {
  return (
    <header className="flex min-h-14 items-center gap-2 px-4 sm:px-6">
      {home}
      {sandbox && <SandboxBadge />}
      <div className="ms-auto flex items-center gap-1">
        {leftToday && (
          <p className="me-2 whitespace-nowrap text-ink-muted text-sm tabular-nums max-md:hidden">
            {leftToday}
          </p>
        )}
        <ThemeSwitch />
        {children}
      </div>
    </header>
  );
}
