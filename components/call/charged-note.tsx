'use client';

import { clsx } from 'clsx';
import { useCallState } from '@/components/call/call-context';
import { chargedText } from '@/components/time-words';

interface ChargedNoteProps {
  /** Out of sight it says nothing: whatever covers it says this itself. */
  isInSight?: boolean;
  className?: string;
}

/** What attempts that did not become a call have cost. It is known only a while later, so it is a live region from the start. */
export function ChargedNote({ isInSight = true, className }: ChargedNoteProps) {
  const seconds = useCallState((state) => state.chargedSeconds);
  return (
    // Without words it takes no room, and it is still there: a screen reader misses the first words of one that appears.
    <p role="status" className={clsx('text-ink-muted text-sm empty:absolute', className)}>
      {isInSight && seconds > 0 && chargedText(seconds)}
    </p>
  );
}
