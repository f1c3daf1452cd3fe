import type { Metadata } from 'next';
import Link from 'next/link';
import { PlainPage } from '@/components/plain-page';
import { buttonClass } from '@/components/ui/button-class';
import { SpokeRing } from '@/components/ui/spoke-ring';

export const metadata: Metadata = { title: 'Page not found' };

export default function NotFoundPage() {
  return (
    <PlainPage sandbox={false}>
      <SpokeRing broken className="w-40" />
      <div className="max-w-md text-center">
        <h1 className="font-semibold text-2xl">This road ends here.</h1>
        <p className="mt-2 text-ink-muted">
          There is no page at this address. The front desk is open, though.
        </p>
      </div>
      <Link href="/" className={buttonClass({ look: 'primary' })}>
        Go and talk
      </Link>
    </PlainPage>
  );
}
