import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { AccountMenu } from '@/components/header/account-menu';
import type { AccountFacts } from '@/components/header/account-menu-open';
import { HomeLink } from '@/components/header/home-link';
import { SiteHeader } from '@/components/header/site-header';
import { SkipLink } from '@/components/skip-link';

interface SignedInPageProps {
  sandbox: boolean;
  account: AccountFacts;
  /** The width of the column, and the gap between its parts. */
  column?: string;
  children: ReactNode;
}

/** The frame of a page for whoever is signed in, beside the call: a header with the account, and one column. */
export function SignedInPage({ sandbox, account, column = 'max-w-3xl gap-6', children }: SignedInPageProps) {
  return (
    <div className="shell">
      <SkipLink to="the page" />
      <SiteHeader sandbox={sandbox} home={<HomeLink />}>
        <AccountMenu account={account} />
      </SiteHeader>
      <main
        id="main"
        tabIndex={-1}
        className={clsx('mx-auto flex w-full flex-col px-4 py-6 outline-none sm:px-6 sm:py-10', column)}
      >
        {children}
      </main>
    </div>
  );
}
