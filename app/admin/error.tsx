'use client';

import Link from 'next/link';
import { TroublePage } from '@/components/ui/trouble-page';

export default function ConsoleErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <TroublePage heading="The console can’t read its data right now." error={error} retry={retry}>
      Usually this means that the database isn’t answering.{' '}
      <Link href="/admin" className="underline underline-offset-4">
        Site health
      </Link>{' '}
      says what is wrong and how to fix it.
    </TroublePage>
  );
}
