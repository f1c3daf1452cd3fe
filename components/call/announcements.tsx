'use client';

import { useAgent, useCallState } from '@/components/call/call-context';
import { callCopy } from '@/components/call/copy/call-copy';
import { useSecondsClock } from '@/components/ui/seconds-clock';

/** Seconds before the end of the call at which a screen reader announces it. */
const WARN_AT_SECONDS = 60;
const LAST_WARN_AT_SECONDS = 10;

const timeWords = (secondsLeft: number): string => {
  if (secondsLeft <= LAST_WARN_AT_SECONDS) return 'Ten seconds left.';
  return secondsLeft <= WARN_AT_SECONDS ? 'Less than a minute left in this call.' : '';
};

interface AnnouncementProps {
  /** Of the three regions, the one that it is in. The time has its own, or it would silence the states of the last minute. */
  region: 'state' | 'urgent' | 'time';
}

/** What a screen reader announces in the present state. Renders nothing in a region that is not meant. */
export default function Announcement({ region }: AnnouncementProps) {
  const { title } = useAgent();
  const phase = useCallState((state) => state.phase);
  const isTimed = region === 'time' && phase.name === 'live';
  const now = useSecondsClock(isTimed);
  if (region === 'time') return isTimed ? timeWords(phase.call.endsAtMs / 1000 - now) : '';
  const { announcement, urgent = false } = callCopy(phase, title);
  return urgent === (region === 'urgent') ? announcement : '';
}
