import type { ReactNode } from 'react';
import { SiteHeader } from '@/components/header/site-header';
import { SkipLink } from '@/components/skip-link';

interface PlainPageProps {
  sandbox: boolean;
  /** At the start of the header: a link home. */
  home: ReactNode;
  children: ReactNode;
}

/** The frame of a page without a call: a header and one centred column. */
export function PlainPage({ sandbox, home, children }: PlainPageProps) {
  return (
    <div className="shell">
      <SkipLink to="the page" />
      <SiteHeader sandbox={sandbox} home={home} />
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
