import type { Action, PhaseCopy } from '@/components/call/copy/phase-copy';
import type { CallPhase } from '@/lib/client/state/call-state';

type Refused = Extract<CallPhase, { name: 'refused' }>;
type Words = { sentence: string; detail: string; action?: Action };

const TRY_AGAIN: Action = { kind: 'try_again', label: 'Try again' };
const SIGN_IN: Action = { kind: 'sign_in', label: 'Sign in' };

const PROVIDER: Words = {
  sentence: 'The voice service isn’t responding.',
  detail: 'It’s usually back within a minute.',
};

const REFUSALS: Partial<Record<Refused['code'], Words>> = {
  rate_limited: {
    sentence: 'You’ve started a lot of calls in a short time.',
    detail: 'Take a short break, then try again.',
  },
  allowance_exhausted: {
    sentence: 'You’ve used up today’s minutes.',
    detail: 'They renew every day. Anything you arranged still stands.',
    action: { kind: 'back', label: 'Back' },
  },
  already_in_call: {
    sentence: 'You already have a call open elsewhere.',
    detail: 'Carry on there, or take over and talk here.',
    action: { kind: 'take_over', label: 'Take over here' },
  },
  budget_exhausted: {
    sentence: 'This site has reached its limit for today.',
    detail: 'Calls can start again when the limit resets. You weren’t charged.',
  },
  site_busy: {
    sentence: 'All lines are busy right now.',
    detail: 'There’s room again when the next call ends. You weren’t charged.',
  },
  site_paused: {
    sentence: 'No new calls can start right now.',
    detail: 'The owner of this site is taking a break from calls. Try again later. You weren’t charged.',
  },
  network_busy: {
    sentence: 'Others on your network are talking right now.',
    detail: 'There’s room again when the next of their calls ends. You weren’t charged.',
  },
  unauthenticated: {
    sentence: 'You’re signed out.',
    detail: 'Sign in again and you’ll come straight back here.',
    action: SIGN_IN,
  },
  forbidden: {
    sentence: 'This account can’t make calls.',
    detail: 'Sign in with another account, or ask the owner of this site.',
    action: { kind: 'sign_in', label: 'Use another account' },
  },
  blocked: {
    sentence: 'The owner of this site has blocked your calls.',
    detail:
      'It may have been meant for somebody else on your network. If you think so, ask the owner. You weren’t charged.',
    action: { kind: 'back', label: 'Back' },
  },
  agent_forbidden: {
    sentence: 'This account can’t talk to this agent.',
    detail: 'Sign in with another account, or ask the owner of this site.',
    action: { kind: 'sign_in', label: 'Use another account' },
  },
  not_configured: {
    sentence: 'Voice isn’t set up on this site yet.',
    detail: 'The owner of the site can see what’s missing.',
    action: { kind: 'see_setup', label: 'See what’s missing' },
  },
  store_unavailable: {
    sentence: 'We can’t check your minutes right now.',
    detail: 'No call was started and nothing was charged. Try again in a moment.',
  },
  provider_failed: PROVIDER,
  provider_refused: {
    sentence: 'This site’s voice account needs its owner’s attention.',
    detail:
      'The voice service refused the call. Waiting won’t help: the owner of this site has to put it right.',
    action: { kind: 'back', label: 'Back' },
  },
  offer_refused: {
    sentence: 'The voice service can’t talk with this browser.',
    detail: 'Try a current version of Chrome, Edge, Firefox or Safari.',
    action: { kind: 'back', label: 'Back' },
  },
  not_offered_here: {
    sentence: 'The voice service isn’t offered where you are.',
    detail: 'It refuses calls from your country or region.',
    action: { kind: 'back', label: 'Back' },
  },
  provider_timeout: PROVIDER,
  provider_busy: {
    sentence: 'The voice service is very busy.',
    detail: 'Try again in a moment.',
  },
  network: {
    sentence: 'We couldn’t reach the server.',
    detail: 'Check that you’re online, then try again.',
  },
  part_missing: {
    sentence: 'A part of this page didn’t load.',
    detail:
      'Check your connection and try again. If it still fails, reload the page: the site may have been updated since you opened it.',
  },
  no_way_through: {
    sentence: 'Your network doesn’t let the call through.',
    detail:
      'The sound of a call travels over UDP, which offices and VPNs often block. Try another network, such as your phone’s, or turn off the VPN.',
  },
  timeout: {
    sentence: 'Connecting took too long.',
    detail: 'A firewall or a weak connection may be in the way. We’ve stopped trying.',
  },
};

/** Returns the words and the way on for a refusal. The countdown beside them shows when it clears. */
export function refusalCopy({ code, message }: Refused): PhaseCopy {
  const words = REFUSALS[code] ?? { sentence: 'The call couldn’t start.', detail: message };
  return {
    sentence: words.sentence,
    detail: words.detail,
    action: words.action ?? TRY_AGAIN,
    announcement: words.detail,
  };
}
