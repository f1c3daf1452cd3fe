'use client';

import Link from 'next/link';
import { buttonClass } from '@/components/ui/button-class';
import { SpokeRing } from '@/components/ui/spoke-ring';

export default function CallsErrorPage({ retry }: { retry: () => void }) {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-6 px-4 py-8 text-center">
      <SpokeRing broken className="w-40" />
      <div className="max-w-md">
        <h1 className="font-semibold text-2xl">Your calls cannot be read right now.</h1>
        <p className="mt-2 text-ink-muted">They are still there. Try again in a moment.</p>
      </div>
      <div className="flex flex-wrap justify-center gap-2">
        <button type="button" className={buttonClass({ look: 'primary' })} onClick={retry}>
          Try again
        </button>
        <Link href="/" className={buttonClass()}>
          Back to the start
        </Link>
      </div>
    </main>
  );
}
