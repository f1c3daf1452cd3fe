import type { EndReason } from '@/lib/shared/contract';

/** Groups of end reasons: the choices of the history's filter. */
export type EndGroup = 'finished' | 'timed_out' | 'trouble';

const GROUPS: Record<EndReason, EndGroup> = {
  user: 'finished',
  goodbye: 'finished',
  page_closed: 'finished',
  replaced: 'finished',
  signed_out: 'finished',
  idle: 'timed_out',
  time_limit: 'timed_out',
  connection_lost: 'trouble',
  setup_failed: 'trouble',
  provider_refused: 'trouble',
  server_hangup: 'trouble',
};

export const END_GROUPS: readonly { group: EndGroup; label: string }[] = [
  { group: 'finished', label: 'Ended by you' },
  { group: 'timed_out', label: 'Time ran out' },
  { group: 'trouble', label: 'Something went wrong' },
];

export const findEndGroup = (reason: EndReason): EndGroup => GROUPS[reason];
