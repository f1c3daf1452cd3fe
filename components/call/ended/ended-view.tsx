'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { ActionButton } from '@/components/call/action-button';
import { useAgent, useCallState } from '@/components/call/call-context';
import { CallTools } from '@/components/call/call-tools';
import { ChargedNote } from '@/components/call/charged-note';
import { callCopy } from '@/components/call/copy/call-copy';
import { ReceiptChanges, ReceiptFigures } from '@/components/call/ended/call-receipt';
import { KeepSwitch } from '@/components/call/ended/keep-switch';
import { toKeptEntries } from '@/components/call/ended/kept-entries';
import { TranscriptActions } from '@/components/call/ended/transcript-actions';
import { UnsentNote } from '@/components/call/ended/unsent-note';
import { OwnerNote } from '@/components/call/owner-note';
import { TranscriptList } from '@/components/call/transcript/transcript-list';
import { useAction } from '@/components/call/use-action';
import { ArrivalHeading } from '@/components/ui/arrival-heading';
import { buttonClass } from '@/components/ui/button-class';
import type { CallPhase } from '@/lib/client/state/call-state';

const OTHER_WAY = buttonClass({ look: 'quiet', shape: 'snug' });

interface EndedViewProps {
  phase: Extract<CallPhase, { name: 'ended' }>;
  /** Typed and not sent. */
  draft: string;
}

/** After a call: how it ended, how long it took, what it changed and what was said. */
export function EndedView({ phase, draft }: EndedViewProps) {
  const { cause, receipt } = phase;
  const { title } = useAgent();
  const transcript = useCallState((state) => state.transcript);
  const run = useAction();
  const { sentence, action } = callCopy(phase, title);
  const entries = () => toKeptEntries(transcript, title);
  return (
    <div
      className={clsx(
        'mx-auto flex w-full max-w-3xl grow flex-col gap-8 px-4 py-6 sm:px-6 sm:py-10',
        transcript.length === 0 && 'justify-center',
      )}
    >
      <section
        aria-labelledby="ended-title"
        className="animate-arrive rounded-lg border border-line bg-raised p-6 shadow-raised"
      >
        <CallTools className="float-end -me-3 -mt-3" />
        <p className="font-medium text-accent text-sm">Call ended</p>
        <ArrivalHeading level={1} id="ended-title" className="mt-1 font-semibold text-xl">
          {sentence}
        </ArrivalHeading>
        {receipt ? <ReceiptFigures receipt={receipt} /> : <NoReceipt />}
        <ChargedNote className="mt-2" />
        <UnsentNote draft={draft} />
        <OwnerNote cause={cause} />
        <ReceiptChanges />
        {receipt && transcript.length > 0 && <KeepSwitch callId={receipt.callId} entries={entries} />}
        <div className="mt-6 flex flex-wrap gap-2">
          <ActionButton action={action} />
          {/* In a line of its own, on a phone, its first word stands below the others of the card. */}
          <div className="flex flex-wrap max-sm:-ms-3">
            <button type="button" className={OTHER_WAY} onClick={() => run('back')}>
              Back to the start
            </button>
            <Link href="/calls" className={OTHER_WAY}>
              Your calls
            </Link>
            <Link href="/privacy" className={OTHER_WAY}>
              Privacy
            </Link>
          </div>
        </div>
      </section>
      {transcript.length > 0 && (
        <section aria-labelledby="transcript-title">
          <div className="mb-4 flex flex-wrap items-center justify-between gap-2">
            <h2 id="transcript-title" className="font-semibold text-lg">
              What was said
            </h2>
            <TranscriptActions transcript={transcript} />
          </div>
          <TranscriptList transcript={transcript} />
        </section>
      )}
    </div>
  );
}

function NoReceipt() {
  return (
    <p className="mt-2 text-ink-muted">
      We couldn’t reach the server for the receipt. It will still end and settle the call, and then list it
      under “Your calls”.
    </p>
  );
}
