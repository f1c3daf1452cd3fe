'use client';

import { TroublePage } from '@/components/ui/trouble-page';

const readReference = (error: unknown) =>
  error instanceof Error && 'digest' in error && typeof error.digest === 'string' ? error.digest : null;

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <TroublePage heading="Something went wrong on our side." retry={retry} reference={readReference(error)}>
      It’s nothing you did. Try again; if that doesn’t help, come back in a minute.
    </TroublePage>
  );
}
