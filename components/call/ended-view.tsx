'use client';

import { clsx } from 'clsx';
import { Mic } from 'lucide-react';
import { useCallState } from '@/components/call/call-context';
import { endSentence } from '@/components/call/end-copy';
import { RecordList } from '@/components/call/record-list';
import { TranscriptActions } from '@/components/call/transcript-actions';
import { useAction } from '@/components/call/use-action';
import { lengthText } from '@/components/time-words';
import { ArrivalHeading } from '@/components/ui/arrival-heading';
import { buttonClass } from '@/components/ui/button-class';
import type { EndReason, Receipt } from '@/lib/shared/contract';

function ReceiptFigures({ receipt }: { receipt: Receipt }) {
  const figures = [
    { label: 'Length', value: lengthText(receipt.seconds) },
    { label: 'Left today', value: lengthText(receipt.secondsLeftToday) },
  ];
  return (
    <dl className="mt-4 flex gap-8">
      {figures.map(({ label, value }) => (
        <div key={label}>
          <dt className="text-ink-muted text-sm">{label}</dt>
          <dd className="font-semibold text-lg tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** After a call: how it ended, what it took, and everything that was said. */
export function EndedView({ reason, receipt }: { reason: EndReason; receipt: Receipt | null }) {
  const record = useCallState((state) => state.record);
  const run = useAction();
  return (
    <div
      className={clsx(
        'mx-auto flex w-full max-w-3xl grow flex-col gap-8 px-4 py-6 sm:px-6 sm:py-10',
        record.length === 0 && 'justify-center',
      )}
    >
      <section
        aria-labelledby="ended-title"
        className="animate-arrive rounded-lg border border-line bg-raised p-6 shadow-raised"
      >
        <p className="font-medium text-accent text-sm">Call ended</p>
        <ArrivalHeading level={1} id="ended-title" className="mt-1 font-semibold text-xl">
          {endSentence(reason)}
        </ArrivalHeading>
        {receipt && <ReceiptFigures receipt={receipt} />}
        <div className="mt-6 flex flex-wrap gap-2">
          <button type="button" className={buttonClass({ look: 'primary' })} onClick={() => run('talk')}>
            <Mic className="size-5" aria-hidden />
            Talk again
          </button>
          <button type="button" className={buttonClass({ look: 'quiet' })} onClick={() => run('back')}>
            Back to start
          </button>
        </div>
      </section>
      {record.length > 0 && (
        <section aria-labelledby="record-title">
          <div className="mb-4 flex flex-wrap items-center justify-between gap-2">
            <h2 id="record-title" className="font-semibold text-lg">
              What was said
            </h2>
            <TranscriptActions record={record} />
          </div>
          <RecordList record={record} />
        </section>
      )}
    </div>
  );
}
