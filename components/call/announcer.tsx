'use client';

import { lazy, Suspense } from 'react';
import { fetchAnnouncements } from '@/components/call/lazy-parts';

const Announcement = lazy(fetchAnnouncements);

/**
 * The two live regions of the page. Both always stand, or their first words would go unheard. The words themselves
 * come later, with `speaks`: as long as the page loads there is nothing to say.
 */
export function Announcer({ speaks }: { speaks: boolean }) {
  return (
    <>
      <p role="status" className="sr-only">
        <Suspense>{speaks && <Announcement urgently={false} />}</Suspense>
      </p>
      <p role="alert" className="sr-only">
        <Suspense>{speaks && <Announcement urgently />}</Suspense>
      </p>
    </>
  );
}
