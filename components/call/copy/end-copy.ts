import type { EndReason } from '@/lib/shared/contract';

const REASONS: Record<EndReason, string> = {
  user: 'You ended the call.',
  goodbye: 'You said goodbye.',
  idle: 'Nobody spoke for a while, so the call ended.',
  time_limit: 'The time for this call is up.',
  page_closed: 'The page was closed.',
  connection_lost: 'The connection was lost.',
  setup_failed: 'The call could not be set up.',
  replaced: 'The call went on in another window.',
  server_hangup: 'The voice service closed the line.',
  signed_out: 'You signed out, so the call ended.',
};

/** How a call ended, in words. */
export const endSentence = (reason: EndReason): string => REASONS[reason];
