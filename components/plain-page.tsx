import type { ReactNode } from 'react';
import { HomeLink } from '@/components/header/home-link';
import { SiteHeader } from '@/components/header/site-header';
import { SkipLink } from '@/components/skip-link';

/** The frame of a page without a call: a header and one centred column. */
export function PlainPage({ sandbox, children }: { sandbox: boolean; children: ReactNode }) {
  return (
    <div className="shell">
      <SkipLink />
      <SiteHeader sandbox={sandbox} home={<HomeLink />} />
      <main
        id="main"
        tabIndex={-1}
        className="flex flex-col items-center justify-center gap-8 px-4 py-8 outline-none"
      >
        {children}
      </main>
    </div>
  );
}
