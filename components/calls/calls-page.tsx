import type { ReactNode } from 'react';
import { AccountMenu } from '@/components/header/account-menu';
import type { AccountFacts } from '@/components/header/account-menu-open';
import { HomeLink } from '@/components/header/home-link';
import { SiteHeader } from '@/components/header/site-header';
import { SkipLink } from '@/components/skip-link';

interface CallsPageProps {
  sandbox: boolean;
  account: AccountFacts;
  children: ReactNode;
}

/** The frame of the pages about past calls and the account: a header and one column of text. */
export function CallsPage({ sandbox, account, children }: CallsPageProps) {
  return (
    <div className="shell">
      <SkipLink to="the page" />
      <SiteHeader sandbox={sandbox} home={<HomeLink />}>
        <AccountMenu account={account} />
      </SiteHeader>
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto flex w-full max-w-3xl flex-col gap-6 px-4 py-6 outline-none sm:px-6 sm:py-10"
      >
        {children}
      </main>
    </div>
  );
}
