'use client';

import { type ReactNode, useId, useState } from 'react';
import { buttonClass } from '@/components/ui/button-class';

/** `answered`: as `idle`, after a question. */
type Step = 'idle' | 'asking' | 'acting' | 'failed' | 'answered';

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
  const questionId = useId();
  // Not `disabled`, which would take the focus away.
  const isActing = step === 'acting';

  const confirm = async () => {
    if (isActing) return;
    setStep('acting');
    const result = await act().catch(() => false);
    if (result !== 'for_good') setStep(result ? 'answered' : 'failed');
  };

  if (step === 'idle' || step === 'answered') {
    return (
      <button
        type="button"
        ref={step === 'answered' ? focusOnArrival : null}
        className={buttonClass()}
        onClick={() => setStep('asking')}
      >
        {icon}
        {label}
      </button>
    );
  }
  return (
    <fieldset className="flex flex-wrap items-center gap-2">
      <legend className="sr-only">{label}</legend>
      <p id={questionId} role="status" className="text-ink-muted text-sm">
        {step === 'failed' ? failure : question}
      </p>
      <button
        type="button"
        ref={focusOnArrival}
        aria-describedby={questionId}
        aria-disabled={isActing}
        className={buttonClass({ look: 'danger', place: 'aria-disabled:opacity-55' })}
        onClick={() => void confirm()}
      >
        {isActing ? actingLabel : confirmLabel}
      </button>
      <button
        type="button"
        aria-disabled={isActing}
        className={buttonClass({ look: 'quiet', place: 'aria-disabled:opacity-55' })}
        onClick={() => isActing || setStep('answered')}
      >
        {cancelLabel}
      </button>
    </fieldset>
  );
}

const focusOnArrival = (button: HTMLButtonElement | null) => button?.focus();
