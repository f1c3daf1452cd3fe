'use client';

import { TroublePage } from '@/components/ui/trouble-page';

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <TroublePage heading="Something went wrong on our side." error={error} retry={retry}>
      It’s nothing you did. Try again; if that doesn’t help, come back in a minute.
    </TroublePage>
  );
}
