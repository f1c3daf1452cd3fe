import type { EndReason } from '@/lib/shared/contract';

const REASONS: Record<EndReason, string> = {
  user: 'You ended the call.',
  goodbye: 'You said goodbye.',
  idle: 'No one spoke for a while, so the call ended.',
  time_limit: 'The call reached its time limit.',
  page_closed: 'The page was closed.',
  connection_lost: 'The connection was lost.',
  provider_refused: 'The voice service stopped the call. This site’s account needs its owner’s attention.',
  setup_failed: 'The call couldn’t be set up.',
  replaced: 'The call moved to another window or device.',
  server_hangup: 'The other end hung up.',
  signed_out: 'Your sign-in ended, so the call ended.',
};

/** Returns how a call ended, as a sentence. */
export const endSentence = (reason: EndReason): string => REASONS[reason];
