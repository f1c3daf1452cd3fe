import type { Action, PhaseCopy } from '@/components/call/copy/phase-copy';
import type { CallPhase } from '@/lib/client/state/call-state';

type Refused = Extract<CallPhase, { name: 'refused' }>;
type Words = { sentence: string; detail: string; action?: Action };

const TRY_AGAIN: Action = { kind: 'try_again', label: 'Try again' };
const SIGN_IN: Action = { kind: 'sign_in', label: 'Sign in' };

const PROVIDER: Words = {
  sentence: 'The voice service did not answer.',
  detail: 'It is usually back within a minute.',
};

const REFUSALS: Partial<Record<Refused['code'], Words>> = {
  rate_limited: {
    sentence: 'That was a lot of calls in a short time.',
    detail: 'A short pause, then you can talk again.',
  },
  allowance_exhausted: {
    sentence: 'You have used today’s minutes.',
    detail: 'They come back every day. What you arranged is still there.',
    action: { kind: 'back', label: 'Back' },
  },
  already_in_call: {
    sentence: 'You are already in a call in another window.',
    detail: 'You can go on talking there, or end that call and talk here.',
    action: { kind: 'take_over', label: 'Take over here' },
  },
  budget_exhausted: {
    sentence: 'This site has reached its limit for today.',
    detail: 'Nobody can start a call until it is renewed. Nothing was charged to you.',
  },
  unauthenticated: {
    sentence: 'You are signed out.',
    detail: 'Sign in again and you come straight back here.',
    action: SIGN_IN,
  },
  forbidden: {
    sentence: 'This account may not make calls.',
    detail: 'Sign in with another account, or ask whoever runs this site.',
    action: { kind: 'sign_in', label: 'Use another account' },
  },
  agent_forbidden: {
    sentence: 'This account may not talk to this agent.',
    detail: 'Sign in with another account, or ask whoever runs this site.',
    action: { kind: 'sign_in', label: 'Use another account' },
  },
  not_configured: {
    sentence: 'Voice is not set up on this site yet.',
    detail: 'Whoever runs the site can see what is missing.',
    action: { kind: 'see_setup', label: 'See what is missing' },
  },
  store_unavailable: {
    sentence: 'Your minutes cannot be checked right now.',
    detail: 'So no call was started and nothing was charged. Try again in a moment.',
  },
  provider_failed: PROVIDER,
  provider_refused: PROVIDER,
  provider_timeout: PROVIDER,
  provider_busy: {
    sentence: 'The voice service is very busy.',
    detail: 'Try again in a moment.',
  },
  network: {
    sentence: 'The server could not be reached.',
    detail: 'Check that you are online, then try again.',
  },
  timeout: {
    sentence: 'Connecting took too long.',
    detail: 'A firewall or a weak connection may be in the way. Nothing more is being tried.',
  },
};

/** Which refusal it is, in words, and the way on. When it clears is shown by the countdown beside it. */
export function refusalCopy({ code, message }: Refused): PhaseCopy {
  const words = REFUSALS[code] ?? { sentence: 'The call could not start.', detail: message };
  return {
    sentence: words.sentence,
    detail: words.detail,
    action: words.action ?? TRY_AGAIN,
    announcement: `${words.sentence} ${words.detail}`,
    urgent: true,
  };
}
