'use client';

import { useState } from 'react';
import { buttonClass } from '@/components/ui/button-class';

interface ConfirmedButtonProps {
  /** On the button, and the name of the question. */
  label: string;
  /** What will happen. */
  question: string;
  confirmLabel: string;
  /** Returns whether it worked. */
  act: () => Promise<boolean>;
}

type Step = 'idle' | 'asking' | 'acting' | 'failed';

/** Does something that others notice, after a confirmation in the same place. */
export function ConfirmedButton({ label, question, confirmLabel, act }: ConfirmedButtonProps) {
  const [step, setStep] = useState<Step>('idle');
  const confirm = async () => {
    setStep('acting');
    setStep((await act()) ? 'idle' : 'failed');
  };
  if (step === 'idle') {
    return (
      <button type="button" className={buttonClass()} onClick={() => setStep('asking')}>
        {label}
      </button>
    );
  }
  return (
    <fieldset className="flex flex-wrap items-center gap-2">
      <legend className="sr-only">{label}</legend>
      <p role="status" className="text-ink-muted text-sm">
        {step === 'failed' ? 'That didn’t work. Try again in a moment.' : question}
      </p>
      <button
        type="button"
        ref={focusOnArrival}
        disabled={step === 'acting'}
        className={buttonClass({ look: 'danger' })}
        onClick={() => void confirm()}
      >
        {confirmLabel}
      </button>
      <button
        type="button"
        disabled={step === 'acting'}
        className={buttonClass({ look: 'quiet' })}
        onClick={() => setStep('idle')}
      >
        Cancel
      </button>
    </fieldset>
  );
}

const focusOnArrival = (button: HTMLButtonElement | null) => button?.focus();
