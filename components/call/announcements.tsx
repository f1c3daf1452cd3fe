'use client';

import { useAgent, useCallState } from '@/components/call/call-context';
import { callCopy } from '@/components/call/copy/call-copy';
import { useSecondsClock } from '@/components/ui/seconds-clock';

/** Seconds before the end of the call at which a screen reader announces it. */
const WARN_AT_SECONDS = 60;
const LAST_WARN_AT_SECONDS = 10;

/** What a screen reader announces in the present state. Renders nothing in the region that is not meant. */
export default function Announcement({ urgently }: { urgently: boolean }) {
  const { title } = useAgent();
  const phase = useCallState((state) => state.phase);
  const now = useSecondsClock(phase.name === 'live');
  const secondsLeft = phase.name === 'live' ? phase.call.endsAtMs / 1000 - now : Number.POSITIVE_INFINITY;
  const { announcement, urgent = false } = callCopy(phase, title);
  const words = urgent === urgently ? announcement : '';
  if (urgently) return words || (secondsLeft <= LAST_WARN_AT_SECONDS ? 'Ten seconds left.' : '');
  return secondsLeft <= WARN_AT_SECONDS ? 'Less than a minute left in this call.' : words;
}
