'use client';

import { RefreshCw } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { Findings } from '@/components/doctor/findings';
import { buttonClass } from '@/components/ui/button-class';
import { fetchFindings } from '@/lib/client/api/doctor-api';
import type { Finding } from '@/lib/shared/owner/doctor';

type Examined = { step: 'checking' } | { step: 'failed' } | { step: 'done'; findings: readonly Finding[] };

function statusText(examined: Examined): string {
  if (examined.step === 'checking') return 'Checking…';
  if (examined.step === 'failed') return 'The checks didn’t run. Wait a moment, then try again.';
  const count = examined.findings.filter(({ result }) => result === 'problem').length;
  if (count === 0) return 'No problem found.';
  return count === 1 ? 'One problem found.' : `${count} problems found.`;
}

/** Runs the doctor's checks against this very site, and shows what they find. For its owner. */
export function Doctor() {
  const [examined, setExamined] = useState<Examined>({ step: 'checking' });
  const check = useCallback(async () => {
    setExamined({ step: 'checking' });
    const findings = await fetchFindings();
    setExamined(findings === null ? { step: 'failed' } : { step: 'done', findings });
  }, []);
  useEffect(() => void check(), [check]);
  return (
    <section aria-labelledby="doctor-title">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <h2 id="doctor-title" className="font-semibold text-xl">
          Site health
        </h2>
        <button
          type="button"
          className={buttonClass({ place: 'aria-disabled:opacity-55' })}
          // Not `disabled`, which would take the focus away.
          aria-disabled={examined.step === 'checking'}
          onClick={() => examined.step === 'checking' || void check()}
        >
          <RefreshCw className="size-4" aria-hidden />
          Check again
        </button>
      </div>
      <p role="status" className="mt-1 min-h-6 text-ink-muted text-sm">
        {statusText(examined)}
      </p>
      {examined.step === 'done' && <Findings findings={examined.findings} />}
    </section>
  );
}
