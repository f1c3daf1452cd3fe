'use client';

import { clockText, lengthText } from '@/components/time-words';
import { useSecondsUntil } from '@/components/ui/seconds-clock';

const HOUR_SECONDS = 3600;

/** What is waited for: another try, or the end of the call in the other window. */
const LEADS = { retry: 'You can try again in', other_call: 'That call ends by itself in' };

/** When waiting is over: counts down, then says so. */
export function RetryCountdown({ atMs, until }: { atMs: number; until: keyof typeof LEADS }) {
  const seconds = useSecondsUntil(atMs);
  if (seconds === 0) return <p className="font-medium text-accent">You can try again now.</p>;
  const wait = seconds < HOUR_SECONDS ? clockText(seconds) : lengthText(seconds - (seconds % 60));
  return (
    <p role="timer" className="text-ink-muted">
      {LEADS[until]} <span className="font-semibold text-ink tabular-nums">{wait}</span>.
    </p>
  );
}
