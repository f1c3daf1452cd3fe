import type { Metadata } from 'next';
import { site } from '@/business/site';
import { HOME_CLASS, Wordmark } from '@/components/header/wordmark';
import { PlainPage } from '@/components/plain-page';
import { buttonClass } from '@/components/ui/button-class';
import { TroubleWords } from '@/components/ui/trouble-page';

export const metadata: Metadata = { title: 'Page not found' };

export default function NotFoundPage() {
  return (
    // No Link: every page loads this one, and would load the code of that.
    <PlainPage
      sandbox={false}
      home={
        <a href="/" className={HOME_CLASS}>
          <Wordmark />
        </a>
      }
    >
      <TroubleWords heading={site.notFound.heading}>{site.notFound.text}</TroubleWords>
      <a href="/" className={buttonClass({ look: 'primary' })}>
        Start a call
      </a>
    </PlainPage>
  );
}
