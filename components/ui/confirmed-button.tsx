'use client';

import { type ReactNode, useState } from 'react';
import { buttonClass } from '@/components/ui/button-class';

type Step = 'idle' | 'asking' | 'acting' | 'failed';

interface ConfirmedButtonProps {
  /** On the button, and the name of the question. */
  label: string;
  icon?: ReactNode;
  /** What will happen. */
  question: string;
  /** Said instead of the question after an attempt that failed. */
  failure: string;
  confirmLabel: string;
  /** On the same button meanwhile. */
  actingLabel?: string;
  cancelLabel: string;
  /** Returns whether it worked. `'for_good'`: it did, and what the button stands beside is gone. */
  act: () => Promise<boolean | 'for_good'>;
}

/** Does something that cannot be taken back, after a confirmation in the same place. */
export function ConfirmedButton(props: ConfirmedButtonProps) {
  const {
    label,
    icon,
    question,
    failure,
    confirmLabel,
    actingLabel = confirmLabel,
    cancelLabel,
    act,
  } = props;
  const [step, setStep] = useState<Step>('idle');

  const confirm = async () => {
    setStep('acting');
    const result = await act();
    if (result !== 'for_good') setStep(result ? 'idle' : 'failed');
  };

  if (step === 'idle') {
    return (
      <button type="button" className={buttonClass()} onClick={() => setStep('asking')}>
        {icon}
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
        disabled={step === 'acting'}
        className={buttonClass({ look: 'danger' })}
        onClick={() => void confirm()}
      >
        {step === 'acting' ? actingLabel : confirmLabel}
      </button>
      <button
        type="button"
        disabled={step === 'acting'}
        className={buttonClass({ look: 'quiet' })}
        onClick={() => setStep('idle')}
      >
        {cancelLabel}
      </button>
    </fieldset>
  );
}

const focusOnArrival = (button: HTMLButtonElement | null) => button?.focus();
