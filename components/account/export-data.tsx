'use client';

import { Download } from 'lucide-react';
import { useState } from 'react';
import { buttonClass } from '@/components/ui/button-class';
import { fetchExport } from '@/lib/client/api/personal-data-api';
import { saveFile } from '@/lib/client/page/save-file';

type Step = 'idle' | 'fetching' | 'saved' | 'failed';

const STATUS: Record<Step, string> = {
  idle: '',
  fetching: 'Collecting your data…',
  saved: 'Your download has started.',
  failed: 'That didn’t work. Wait a moment, then try again.',
};

/** Downloads everything that the site stores about the user. */
export function ExportData() {
  const [step, setStep] = useState<Step>('idle');

  const download = async () => {
    if (step === 'fetching') return;
    setStep('fetching');
    const file = await fetchExport();
    if (file) saveFile(file, 'my-data.json');
    setStep(file ? 'saved' : 'failed');
  };

  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <button
        type="button"
        className={buttonClass({ place: 'aria-disabled:opacity-55' })}
        // Not `disabled`, which would take the focus away.
        aria-disabled={step === 'fetching'}
        onClick={() => void download()}
      >
        <Download className="size-4" aria-hidden />
        Download my data
      </button>
      <p role="status" className="text-ink-muted text-sm">
        {STATUS[step]}
      </p>
    </div>
  );
}
