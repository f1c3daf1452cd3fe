'use client';

import { CircleCheck } from 'lucide-react';
import { useCallContext, useCallState } from '@/components/call/call-context';
import { toolOutcomeText } from '@/components/call/transcript/tool-words';
import { estimateNote, estimateText } from '@/components/money-words';
import { lengthText } from '@/components/time-words';
import type { Receipt } from '@/lib/shared/contract';

/** A call's duration, the time left today and the estimated cost. */
export function ReceiptFigures({ receipt }: { receipt: Receipt }) {
  const { microUsdPerSecond, simulated } = useCallContext().setting.price;
  const figures = [
    { label: 'Duration', value: lengthText(receipt.seconds) },
    { label: 'Left today', value: lengthText(receipt.secondsLeftToday) },
    { label: 'Estimated cost', value: estimateText(receipt.seconds * microUsdPerSecond) },
  ];
  return (
    <>
      <dl className="mt-4 flex flex-wrap gap-x-8 gap-y-3">
        {figures.map(({ label, value }) => (
          <div key={label}>
            <dt className="text-ink-muted text-sm">{label}</dt>
            <dd className="font-semibold text-lg tabular-nums first-letter:uppercase">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 text-ink-muted text-xs">{estimateNote(simulated)}</p>
    </>
  );
}

/** What the call changed: the outcomes of tools that change data. Renders nothing when there were none. */
export function ReceiptChanges() {
  const { changingTools } = useCallContext().setting;
  const transcript = useCallState((state) => state.transcript);
  const changes = transcript.flatMap((entry) =>
    entry.kind === 'tool' && entry.state === 'done' && changingTools.includes(entry.name) ? [entry] : [],
  );
  if (changes.length === 0) return null;
  return (
    <section aria-labelledby="done-title" className="mt-5 border-line border-t pt-5">
      <h2 id="done-title" className="font-semibold text-sm">
        What was done
      </h2>
      <ul className="mt-2 flex flex-col gap-2">
        {changes.map((entry) => (
          <li key={entry.id} className="flex gap-3">
            <CircleCheck className="mt-0.5 size-5 shrink-0 text-accent" aria-hidden />
            <p>{toolOutcomeText(entry)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
