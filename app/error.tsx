'use client';

import { TroublePage } from '@/components/ui/trouble-page';

const readReference = (error: unknown) =>
  error instanceof Error && 'digest' in error && typeof error.digest === 'string' ? error.digest : null;

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <TroublePage heading="Something broke on our side." retry={retry} reference={readReference(error)}>
      Nothing you did. Try again; if it stays like this, wait a minute and come back.
    </TroublePage>
  );
}
