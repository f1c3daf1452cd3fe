import { clsx } from 'clsx';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { AccountFacts } from '@/components/header/account-menu-open';
import { SignedInPage } from '@/components/signed-in-page';

const PAGES = [
  { path: '/admin', label: 'Now' },
  { path: '/admin/spend', label: 'Spend' },
  { path: '/admin/trouble', label: 'Trouble' },
  { path: '/admin/blocks', label: 'Blocks' },
  { path: '/admin/audit', label: 'Audit' },
] as const;
export type ConsolePath = (typeof PAGES)[number]['path'];

interface ConsolePageProps {
  sandbox: boolean;
  account: AccountFacts;
  /** The page that is shown. */
  path: ConsolePath;
  children: ReactNode;
}

/** The frame of the owner's console: a header, the way to its other pages, and one wide column. */
export function ConsolePage({ sandbox, account, path: shown, children }: ConsolePageProps) {
  return (
    <SignedInPage sandbox={sandbox} account={account} column="max-w-5xl gap-8">
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4 border-line border-b">
        <h1 className="pb-2 font-semibold text-2xl">Console</h1>
        <nav aria-label="Console" className="-mx-2 -mb-px flex flex-wrap sm:mx-0 sm:gap-x-1">
          {PAGES.map(({ path, label }) => (
            <Link
              key={path}
              href={path}
              aria-current={path === shown ? 'page' : undefined}
              className={clsx(
                'inline-flex min-h-11 items-center border-b-2 px-2 text-sm sm:px-3 transition-colors',
                path === shown
                  ? 'border-accent font-semibold text-ink'
                  : 'border-transparent text-ink-muted hover:border-line-strong hover:text-ink',
              )}
            >
              {label}
            </Link>
          ))}
        </nav>
      </div>
      {children}
    </SignedInPage>
  );
}
