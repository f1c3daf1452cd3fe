import { clsx } from 'clsx';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { AccountMenu } from '@/components/header/account-menu';
import type { AccountFacts } from '@/components/header/account-menu-open';
import { HomeLink } from '@/components/header/home-link';
import { SiteHeader } from '@/components/header/site-header';
import { SkipLink } from '@/components/skip-link';

const ROOMS = [
  { path: '/admin', label: 'Now' },
  { path: '/admin/spend', label: 'Spend' },
  { path: '/admin/trouble', label: 'Trouble' },
  { path: '/admin/blocks', label: 'Blocks' },
  { path: '/admin/audit', label: 'Audit' },
] as const;
export type ConsoleRoom = (typeof ROOMS)[number]['path'];

interface ConsolePageProps {
  sandbox: boolean;
  account: AccountFacts;
  room: ConsoleRoom;
  children: ReactNode;
}

/** The frame of the owner's console: a header, the rooms, and one wide column. */
export function ConsolePage({ sandbox, account, room, children }: ConsolePageProps) {
  return (
    <div className="shell">
      <SkipLink to="the page" />
      <SiteHeader sandbox={sandbox} home={<HomeLink />}>
        <AccountMenu account={account} />
      </SiteHeader>
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto flex w-full max-w-5xl flex-col gap-8 px-4 py-6 outline-none sm:px-6 sm:py-10"
      >
        <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4 border-line border-b">
          <h1 className="pb-2 font-semibold text-2xl">Console</h1>
          <nav aria-label="Console" className="-mx-2 -mb-px flex flex-wrap sm:gap-x-1">
            {ROOMS.map(({ path, label }) => (
              <Link
                key={path}
                href={path}
                aria-current={path === room ? 'page' : undefined}
                className={clsx(
                  'inline-flex min-h-11 items-center border-b-2 px-2 text-sm sm:px-3 transition-colors',
                  path === room
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
      </main>
    </div>
  );
}
