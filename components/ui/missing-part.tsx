'use client';

import { useState } from 'react';

export interface MissingPartProps {
  /** Fetches the part anew. Returns whether it is there, in the place of this message. */
  tryAgain: () => Promise<boolean>;
}

/** Without a body: one that nobody reads would keep the connection busy. */
const siteAnswers = () =>
  fetch('/api/version', { method: 'HEAD' }).then(
    () => true,
    () => false,
  );

/**
 * In the place of a part that did not load. The rest of the page lives on, and with it a call. Only a site that answers, and still
 * has no such part, has probably been updated.
 */
export function MissingPart({ tryAgain }: MissingPartProps) {
  const [step, setStep] = useState<'missing' | 'trying' | 'gone'>('missing');
  const act = async () => {
    if (step === 'trying') return;
    if (step === 'gone') return location.reload();
    setStep('trying');
    if (!(await tryAgain())) setStep((await siteAnswers()) ? 'gone' : 'missing');
  };
  return (
    <p
      role="alert"
      className="fixed inset-x-4 top-4 z-40 mx-auto max-w-md rounded-md border border-line bg-raised px-4 py-3 text-sm shadow-raised"
    >
      A part of this page didn’t load
      {step === 'gone'
        ? ': the site may have been updated since you opened it. '
        : '. Check your connection. '}
      <button
        type="button"
        // Not `disabled`, which would take the focus away.
        aria-disabled={step === 'trying'}
        className="font-medium text-accent underline underline-offset-4"
        onClick={() => void act()}
      >
        {{ missing: 'Try again', trying: 'One moment…', gone: 'Reload the page' }[step]}
      </button>
    </p>
  );
}
