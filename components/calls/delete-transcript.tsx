'use client';

import { useRouter } from 'next/navigation';
import { DeleteButton } from '@/components/ui/delete-button';
import { deleteTranscript } from '@/lib/client/api/kept-transcript-api';
import type { CallId } from '@/lib/shared/ids';

/** Deletes a kept conversation. */
export function DeleteTranscript({ callId }: { callId: CallId }) {
  const router = useRouter();
  return (
    <DeleteButton
      label="Delete conversation"
      question="Delete it for good?"
      failure="That didn’t work. Try again?"
      confirmLabel="Delete"
      remove={() => deleteTranscript(callId)}
      onDeleted={router.refresh}
    />
  );
}
