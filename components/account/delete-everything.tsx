'use client';

import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { leave } from '@/components/header/leave';
import { buttonClass } from '@/components/ui/button-class';
import { eraseEverything } from '@/lib/client/api/personal-data-api';

type Step = 'idle' | 'asking' | 'deleting' | 'failed';

/** Deletes everything of the user after a confirmation in the same place, then signs out: a visit stores data again. */
export function DeleteEverything() {
  const [step, setStep] = useState<Step>('idle');

  const erase = async () => {
    setStep('deleting');
    if (await eraseEverything()) await leave();
    else setStep('failed');
  };

  if (step === 'idle') {
    return (
      <button type="button" className={buttonClass()} onClick={() => setStep('asking')}>
        <Trash2 className="size-4" aria-hidden />
        Delete my data
      </button>
    );
  }
  return (
    <fieldset className="flex flex-wrap items-center gap-2">
      <legend className="sr-only">Delete my data</legend>
      <p role="status" className="w-full text-ink-muted text-sm">
        {step === 'failed'
          ? 'That didn’t work, or not all of it. Try again?'
          : 'Delete everything for good, and sign out? An open call ends.'}
      </p>
      <button
        type="button"
        ref={focusOnArrival}
        disabled={step === 'deleting'}
        className={buttonClass({ look: 'danger' })}
        onClick={() => void erase()}
      >
        {step === 'deleting' ? 'Deleting…' : 'Delete everything'}
      </button>
      <button
        type="button"
        disabled={step === 'deleting'}
        className={buttonClass({ look: 'quiet' })}
        onClick={() => setStep('idle')}
      >
        Keep it
      </button>
    </fieldset>
  );
}

const focusOnArrival = (button: HTMLButtonElement | null) => button?.focus();
