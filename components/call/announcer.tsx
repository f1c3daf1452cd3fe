'use client';

import { Suspense } from 'react';
import { fetchAnnouncements } from '@/components/call/lazy-parts';
import { lazyPart } from '@/components/ui/lazy-part';

const Announcement = lazyPart(fetchAnnouncements);

/**
 * The live regions of the page. They are always in the document, because a screen reader misses the first words of a
 * region that appears together with them. A modal dialog hides the page around it from a screen reader, but for what carries
 * `aria-live`: a role alone would fall silent behind the options. With `speaks` the words are fetched: while the page loads there are none.
 */
export function Announcer({ speaks }: { speaks: boolean }) {
  return (
    <>
      <p role="status" aria-live="polite" className="sr-only">
        <Suspense>{speaks && <Announcement region="state" />}</Suspense>
      </p>
      <p role="alert" aria-live="assertive" className="sr-only">
        <Suspense>{speaks && <Announcement region="urgent" />}</Suspense>
      </p>
      <p role="status" aria-live="polite" className="sr-only">
        <Suspense>{speaks && <Announcement region="time" />}</Suspense>
      </p>
    </>
  );
}
