'use client';

import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { buttonClass } from '@/components/ui/button-class';

type Step = 'idle' | 'asking' | 'deleting' | 'failed';

interface DeleteButtonProps {
  /** On the button, and the name of the question. */
  label: string;
  question: string;
  /** Said instead of the question after an attempt that failed. */
  failure: string;
  confirmLabel: string;
  /** Returns whether it is deleted. */
  remove: () => Promise<boolean>;
  onDeleted: () => unknown;
}

/** Deletes something for good, after a confirmation in the same place. */
export function DeleteButton(props: DeleteButtonProps) {
  const { label, question, failure, confirmLabel, remove, onDeleted } = props;
  const [step, setStep] = useState<Step>('idle');

  const confirm = async () => {
    setStep('deleting');
    if (await remove()) await onDeleted();
    else setStep('failed');
  };

  if (step === 'idle') {
    return (
      <button type="button" className={buttonClass()} onClick={() => setStep('asking')}>
        <Trash2 className="size-4" aria-hidden />
        {label}
      </button>
    );
  }
  return (
    <fieldset className="flex flex-wrap items-center gap-2">
      <legend className="sr-only">{label}</legend>
      <p role="status" className="text-ink-muted text-sm">
        {step === 'failed' ? failure : question}
      </p>
      <button
        type="button"
        ref={focusOnArrival}
        disabled={step === 'deleting'}
        className={buttonClass({ look: 'danger' })}
        onClick={() => void confirm()}
      >
        {step === 'deleting' ? 'Deleting…' : confirmLabel}
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
