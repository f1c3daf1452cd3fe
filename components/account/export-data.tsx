'use client';

import { Download } from 'lucide-react';
import { useState } from 'react';
import { buttonClass } from '@/components/ui/button-class';
import { fetchExport } from '@/lib/client/api/personal-data-api';

type Step = 'idle' | 'fetching' | 'saved' | 'failed';

const STATUS: Record<Step, string> = {
  idle: '',
  fetching: 'Collecting your data…',
  saved: 'Your download has started.',
  failed: 'That didn’t work. Wait a moment, then try again.',
};

function save(file: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = 'my-data.json';
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Downloads everything that the site stores about the user. */
export function ExportData() {
  const [step, setStep] = useState<Step>('idle');

  const download = async () => {
    setStep('fetching');
    const file = await fetchExport();
    if (file) save(file);
    setStep(file ? 'saved' : 'failed');
  };

  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <button
        type="button"
        className={buttonClass()}
        disabled={step === 'fetching'}
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
