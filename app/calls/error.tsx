'use client';

import { TroublePage } from '@/components/ui/trouble-page';

export default function CallsErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <TroublePage heading="We can’t load your calls right now." error={error} retry={retry}>
      They’re still there. Try again in a moment.
    </TroublePage>
  );
}
