'use client';

import Link from 'next/link';
import { buttonClass } from '@/components/ui/button-class';
import { SpokeRing } from '@/components/ui/spoke-ring';

/** The number under which the server's log knows this error. */
const referenceOf = (error: unknown) =>
  error instanceof Error && 'digest' in error && typeof error.digest === 'string' ? error.digest : null;

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  const reference = referenceOf(error);
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-6 px-4 py-8 text-center">
      <SpokeRing broken className="w-40" />
      <div className="max-w-md">
        <h1 className="font-semibold text-2xl">Something broke on our side.</h1>
        <p className="mt-2 text-ink-muted">
          Nothing you did. Try again; if it stays like this, wait a minute and come back.
        </p>
      </div>
      <div className="flex flex-wrap justify-center gap-2">
        <button type="button" className={buttonClass({ look: 'primary' })} onClick={retry}>
          Try again
        </button>
        <Link href="/" className={buttonClass()}>
          Back to the start
        </Link>
      </div>
      {reference && <p className="text-ink-muted text-xs">Reference {reference}</p>}
    </main>
  );
}
