'use client';

import { TroublePage } from '@/components/ui/trouble-page';

export default function CallsErrorPage({ retry }: { retry: () => void }) {
  return (
    <TroublePage heading="Your calls cannot be read right now." retry={retry}>
      They are still there. Try again in a moment.
    </TroublePage>
  );
}
