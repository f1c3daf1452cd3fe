'use client';

import { useRouter } from 'next/navigation';
import { DeleteButton } from '@/components/ui/delete-button';
import { deleteTranscript } from '@/lib/client/api/kept-transcript-api';
import type { CallId } from '@/lib/shared/ids';

/** Deletes a kept conversation. The heading of its section gets the focus then. */
export function DeleteTranscript({ callId, headingId }: { callId: CallId; headingId: string }) {
  const router = useRouter();
  const leaveSection = () => {
    document.getElementById(headingId)?.focus();
    router.refresh();
  };
  return (
    <DeleteButton
      label="Delete conversation"
      question="Delete it for good?"
      failure="That didn’t work. Try again?"
      confirmLabel="Delete"
      remove={() => deleteTranscript(callId)}
      onDeleted={leaveSection}
    />
  );
}
