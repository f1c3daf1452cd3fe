import type { Metadata } from 'next';
import Link from 'next/link';
import { site } from '@/business/site';
import { PlainPage } from '@/components/plain-page';
import { buttonClass } from '@/components/ui/button-class';
import { TroubleWords } from '@/components/ui/trouble-page';

export const metadata: Metadata = { title: 'Page not found' };

export default function NotFoundPage() {
  return (
    <PlainPage sandbox={false}>
      <TroubleWords heading={site.notFound.heading}>{site.notFound.text}</TroubleWords>
      <Link href="/" className={buttonClass({ look: 'primary' })}>
        Start a call
      </Link>
    </PlainPage>
  );
}
