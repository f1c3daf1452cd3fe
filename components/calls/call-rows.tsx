import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { endSentence } from '@/components/call/copy/end-copy';
import { Moment } from '@/components/calls/moment';
import { lengthText } from '@/components/time-words';
import type { EndReason } from '@/lib/shared/contract';
import type { CallId } from '@/lib/shared/ids';

/** One past call, as the history shows it. */
export interface CallRow {
  callId: CallId;
  agentTitle: string;
  startedAtMs: number;
  reason: EndReason;
  seconds: number;
  /** Titles of the tools whose runs changed something. */
  done: readonly string[];
}

/** Past calls, newest first. */
export function CallRows({ rows }: { rows: readonly CallRow[] }) {
  return (
    <ul className="flex flex-col gap-2">
      {rows.map(({ callId, agentTitle, startedAtMs, reason, seconds, done }) => (
        <li key={callId}>
          <Link
            href={`/calls/${callId}`}
            className="flex items-center gap-4 rounded-md border border-line bg-raised px-4 py-3 transition-colors hover:border-line-strong"
          >
            <span className="min-w-0 grow">
              <span className="flex flex-wrap items-baseline gap-x-3">
                <span className="font-semibold">{agentTitle}</span>
                <span className="text-ink-muted text-sm">
                  <Moment ms={startedAtMs} />
                </span>
              </span>
              <span className="mt-0.5 block text-ink-muted text-sm">{endSentence(reason)}</span>
              {done.length > 0 && (
                <span className="mt-0.5 block text-accent text-sm">{done.join(' · ')}</span>
              )}
            </span>
            <span className="whitespace-nowrap text-sm tabular-nums">{lengthText(seconds)}</span>
            <ChevronRight className="size-4 shrink-0 text-ink-muted rtl:-scale-x-100" aria-hidden />
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Placeholder while the history loads. */
export function CallRowsLoading() {
  return (
    <div role="status" aria-label="Loading your calls" className="flex flex-col gap-2">
      {['first', 'second', 'third'].map((row) => (
        <div key={row} className="h-18 animate-wait rounded-md bg-line" />
      ))}
    </div>
  );
}
