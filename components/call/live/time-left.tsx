'use client';

import { clsx } from 'clsx';
import { clockText } from '@/components/time-words';
import { useSecondsUntil } from '@/components/ui/seconds-clock';

const LOW_SECONDS = 60;

/** The time left in the call. */
export function TimeLeft({ endsAtMs }: { endsAtMs: number }) {
  const seconds = useSecondsUntil(endsAtMs);
  return (
    <p
      role="timer"
      className={clsx(
        'px-2 text-sm tabular-nums',
        seconds <= LOW_SECONDS ? 'font-semibold text-warn' : 'text-ink-muted',
      )}
    >
      {clockText(seconds)}
      <span className={seconds <= LOW_SECONDS ? undefined : 'sr-only'}> left</span>
    </p>
  );
}
