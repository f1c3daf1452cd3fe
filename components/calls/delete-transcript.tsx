'use client';

import { Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { buttonClass } from '@/components/ui/button-class';
import { deleteTranscript } from '@/lib/client/api/kept-transcript-api';
import type { CallId } from '@/lib/shared/ids';

type Step = 'idle' | 'asking' | 'deleting' | 'failed';

/** Deletes a kept conversation, after a confirmation in the same place. */
export function DeleteTranscript({ callId }: { callId: CallId }) {
  const router = useRouter();
  const [step, setStep] = useState<Step>('idle');

  const remove = async () => {
    setStep('deleting');
    if (await deleteTranscript(callId)) router.refresh();
    else setStep('failed');
  };

  if (step === 'idle') {
    return (
      <button type="button" className={buttonClass()} onClick={() => setStep('asking')}>
        <Trash2 className="size-4" aria-hidden />
        Delete conversation
      </button>
    );
  }
  return (
    <fieldset className="flex flex-wrap items-center gap-2">
      <legend className="sr-only">Delete the conversation</legend>
      <p role="status" className="text-ink-muted text-sm">
        {step === 'failed' ? 'That didn’t work. Try again?' : 'Delete it for good?'}
      </p>
      <button
        type="button"
        ref={focusOnArrival}
        disabled={step === 'deleting'}
        className={buttonClass({ look: 'danger' })}
        onClick={() => void remove()}
      >
        {step === 'deleting' ? 'Deleting…' : 'Delete'}
      </button>
      <button type="button" className={buttonClass({ look: 'quiet' })} onClick={() => setStep('idle')}>
        Keep it
      </button>
    </fieldset>
  );
}

const focusOnArrival = (button: HTMLButtonElement | null) => button?.focus();
