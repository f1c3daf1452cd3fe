import type { ReactNode } from 'react';
import { SandboxBadge } from '@/components/header/sandbox-badge';
import { ThemeSwitch } from '@/components/header/theme-switch';

interface SiteHeaderProps {
  sandbox: boolean;
  /** Stands at the beginning: the name of the site, on other pages than the first as the way home. */
  home: ReactNode;
  /** What this person may still talk, in words. */
  leftToday?: string;
  /** Stands at the very end: the account. */
  children?: ReactNode;
}

/** The bar on top of every page. */
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
