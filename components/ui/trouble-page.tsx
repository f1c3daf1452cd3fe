import type { ReactNode } from 'react';
import { buttonClass } from '@/components/ui/button-class';
import { SpokeRing } from '@/components/ui/spoke-ring';

interface TroubleWordsProps {
  heading: string;
  /** What it means for the user, and what to do. */
  children: ReactNode;
}

/** What went wrong, under the broken ring. */
export function TroubleWords({ heading, children }: TroubleWordsProps) {
  return (
    <>
      <SpokeRing broken className="w-40" />
      <div className="max-w-md text-center">
        <h1 className="font-semibold text-2xl">{heading}</h1>
        <p className="mt-2 text-ink-muted">{children}</p>
      </div>
    </>
  );
}

interface TroublePageProps extends TroubleWordsProps {
  error: unknown;
  retry: () => void;
}

/** Returns the number of an error in the server's log. */
const readReference = (error: unknown) =>
  error instanceof Error && 'digest' in error && typeof error.digest === 'string' ? error.digest : null;

/** Replaces a page that could not be rendered. It needs nothing from that page: no header, no data. */
export function TroublePage({ error, retry, ...words }: TroublePageProps) {
  const reference = readReference(error);
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-6 px-4 py-8">
      <TroubleWords {...words} />
      <div className="flex flex-wrap justify-center gap-2">
        <button type="button" className={buttonClass({ look: 'primary' })} onClick={retry}>
          Try again
        </button>
        {/* Not a Link: every page loads this one, and would load the code of that. It also begins anew. */}
        <a href="/" className={buttonClass()}>
          Back to the start
        </a>
      </div>
      {reference && <p className="text-ink-muted text-xs">Reference {reference}</p>}
    </main>
  );
}
