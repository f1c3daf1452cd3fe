'use client';

import { useAgent, useCallState } from '@/components/call/call-context';
import { callCopy } from '@/components/call/call-copy';
import { useSecondsClock } from '@/components/ui/seconds-clock';

/** Seconds before the end at which a screen reader hears of it. */
const WARN_AT_SECONDS = 60;
const LAST_WARN_AT_SECONDS = 10;

/** The two live regions of the page. Both always stand, or their first words would go unheard. */
export function Announcer() {
  const { title } = useAgent();
  const phase = useCallState((state) => state.phase);
  const now = useSecondsClock(phase.name === 'live');
  const secondsLeft = phase.name === 'live' ? phase.call.endsAtMs / 1000 - now : Number.POSITIVE_INFINITY;
  const { announcement, urgent } = callCopy(phase, title);

  const polite = secondsLeft <= WARN_AT_SECONDS ? 'Less than a minute left in this call.' : '';
  const assertive = secondsLeft <= LAST_WARN_AT_SECONDS ? 'Ten seconds left.' : '';
  return (
    <>
      <p role="status" className="sr-only">
        {polite || (urgent ? '' : announcement)}
      </p>
      <p role="alert" className="sr-only">
        {assertive || (urgent ? announcement : '')}
      </p>
    </>
  );
}
