import { describe, expect, it } from 'vitest';
import { callCopy } from '@/components/call/copy/call-copy';
import type { CallPhase, LiveCallState, Refusal } from '@/lib/client/state/call-state';
import { approval, call } from '@/lib/client/testing/phases';
import { END_REASONS, type EndReason, type Receipt } from '@/lib/shared/contract';
import { ERROR_STATUS, type ErrorCode } from '@/lib/shared/errors';
import type { CallId } from '@/lib/shared/ids';

const RECONNECTING = {
  link: 'reconnecting',
  reconnect: { attempt: 2, maxAttempts: 3, retryAtMs: null, isSilent: false },
} as const;
const live = (change: Partial<LiveCallState> = {}): CallPhase => ({
  name: 'live',
  call: { ...call, ...change },
});
const refused = (code: Refusal['code']): CallPhase => ({
  name: 'refused',
  code,
  message: 'The server’s own words.',
  retryAtMs: null,
  cause: null,
});
const ended = (reason: EndReason, receipt: Receipt | null = null): CallPhase => ({
  name: 'ended',
  agent: call.agent,
  reason,
  cause: null,
  receipt,
});
const copyOf = (phase: CallPhase) => callCopy(phase, 'Ada');

const PHASES: [string, CallPhase][] = [
  ['signed out', { name: 'signed_out' }],
  ...(['insecure_page', 'no_microphone_api', 'no_webrtc', 'frame_policy'] as const).map(
    (why): [string, CallPhase] => [`unsupported: ${why}`, { name: 'unsupported', why }],
  ),
  ['not configured', { name: 'not_configured' }],
  ['ready', { name: 'ready' }],
  ['opening the microphone', { name: 'asking_microphone', isQuestionOpen: false }],
  ['asking for the microphone', { name: 'asking_microphone', isQuestionOpen: true }],
  ...(['dismissed', 'blocked', 'blocked_by_system', 'missing', 'in_use', 'failed'] as const).map(
    (why): [string, CallPhase] => [`microphone: ${why}`, { name: 'microphone_refused', why }],
  ),
  ...(['opening', 'dialling', 'joining'] as const).flatMap((step): [string, CallPhase][] => [
    [`connecting: ${step}`, { name: 'connecting', step, typed: false }],
    [`connecting, typed: ${step}`, { name: 'connecting', step, typed: true }],
  ]),
  ...(Object.keys(ERROR_STATUS) as ErrorCode[]).map((code): [string, CallPhase] => [
    `refused: ${code}`,
    refused(code),
  ]),
  ['refused: network', refused('network')],
  ['refused: timeout', refused('timeout')],
  ['refused: part missing', refused('part_missing')],
  ['refused: not offered here', refused('not_offered_here')],
  ...(['listening', 'user_speaking', 'thinking', 'agent_speaking'] as const).flatMap((turn) =>
    (['on', 'muted', 'held', 'released', 'none'] as const).map((microphone): [string, CallPhase] => [
      `live: ${turn}, microphone ${microphone}`,
      live({ turn, microphone }),
    ]),
  ),
  ['live: approval', live({ approval })],
  ['live: weak', live({ link: 'weak' })],
  ['live: reconnecting', live(RECONNECTING)],
  ['live: sound blocked', live({ playbackBlocked: true })],
  ['live: talking while muted', live({ microphone: 'muted', hint: 'muted_speech' })],
  ['live: nothing heard', live({ hint: 'no_sound' })],
  ['live: microphone taken', live({ interruption: 'microphone' })],
  ['live: sound paused', live({ interruption: 'sound' })],
  ['live: nobody there', live({ hint: 'nobody' })],
  ['ending', { name: 'ending', agent: call.agent, reason: 'user' }],
  ...END_REASONS.map((reason): [string, CallPhase] => [`ended: ${reason}`, ended(reason)]),
];

it('asks whether anybody is there before it says how the connection is: nobody’s silence ends the call', () => {
  expect(copyOf(live({ hint: 'nobody', link: 'weak' })).action.kind).toBe('stay');
});

it('asks nobody to speak who cannot be heard', () => {
  expect(copyOf(live({ hint: 'nobody' })).detail).toMatch(/^Say something/);
  for (const microphone of ['muted', 'released', 'none'] as const) {
    expect(copyOf(live({ hint: 'nobody', microphone })).detail).toMatch(/^Press the button/);
  }
});

it.each(PHASES)('%s has one sentence, one action, one announcement', (_, phase) => {
  const { sentence, action, announcement } = copyOf(phase);
  expect(sentence).toMatch(/^\p{Lu}.*[.…?]$/u);
  expect(action.label).not.toBe('');
  expect(announcement).not.toBe('');
});

const FOCUSED = ['unsupported', 'signed_out', 'not_configured', 'microphone_refused', 'refused', 'ended'];

it.each(PHASES.filter(([, { name }]) => FOCUSED.includes(name)))(
  '%s: the heading that takes the focus says the sentence, the announcement the rest, after it',
  (_, phase) => {
    const { sentence, announcement, urgent } = copyOf(phase);
    expect(announcement).not.toContain(sentence);
    expect(urgent ?? false).toBe(false);
  },
);

it('gives every end reason its own sentence', () => {
  const sentences = END_REASONS.map(
    (reason) => copyOf({ name: 'ended', agent: call.agent, reason, cause: null, receipt: null }).sentence,
  );
  expect(new Set(sentences).size).toBe(END_REASONS.length);
});

describe('the way on', () => {
  it.each<[CallPhase, string]>([
    [{ name: 'ready' }, 'talk'],
    [{ name: 'asking_microphone', isQuestionOpen: true }, 'cancel'],
    [{ name: 'microphone_refused', why: 'blocked' }, 'try_again'],
    [{ name: 'unsupported', why: 'insecure_page' }, 'type'],
    [{ name: 'unsupported', why: 'no_webrtc' }, 'copy_link'],
    [refused('rate_limited'), 'try_again'],
    [refused('already_in_call'), 'take_over'],
    [refused('provider_refused'), 'back'],
    [refused('provider_busy'), 'try_again'],
    [refused('unauthenticated'), 'sign_in'],
    [refused('not_configured'), 'see_setup'],
    [live({ turn: 'agent_speaking' }), 'stop_agent'],
    [live({ microphone: 'muted' }), 'unmute'],
    [live({ microphone: 'muted', hint: 'nobody' }), 'stay'],
    [live({ playbackBlocked: true }), 'play_audio'],
    [live({ interruption: 'microphone', turn: 'agent_speaking' }), 'resume_sound'],
    [live({ interruption: 'sound', link: 'weak' }), 'resume_sound'],
    [live({ approval }), 'answer'],
    [ended('user'), 'talk'],
    [ended('signed_out'), 'sign_in'],
    [ended('replaced'), 'take_over'],
  ])('%j: %s', (phase, kind) => expect(copyOf(phase).action.kind).toBe(kind));
});

it.each([refused('already_in_call'), ended('replaced')])(
  'names no window as the only place of the other call: %j',
  (phase) => {
    // It may be on another device, and a call that is only prepared there is nothing one is in.
    expect(copyOf(phase).sentence).not.toMatch(/in a call|another window\.$/);
  },
);

it('shows the server’s message for a refusal without words of its own', () => {
  expect(copyOf(refused('internal')).detail).toBe('The server’s own words.');
});

it('says that nothing answers, in place of an attempt that is not counted', () => {
  const reconnect = { ...RECONNECTING.reconnect, isSilent: true };
  const { sentence, announcement } = copyOf(live({ ...RECONNECTING, reconnect }));
  expect(sentence).toBe('Reconnecting. Your network isn’t responding…');
  expect(announcement).toMatch(/isn’t responding\. We’ll keep trying/);
});

it('puts the most urgent matter first', () => {
  const everything = live({
    ...RECONNECTING,
    approval,
    playbackBlocked: true,
    microphone: 'muted',
  });
  expect(copyOf(everything).sentence).toBe('Reconnecting, attempt 2 of 3…');
});

describe('announcements', () => {
  it('do not change from turn to turn while the microphone is open', () => {
    const turns = ['listening', 'user_speaking', 'thinking', 'agent_speaking'] as const;
    expect(new Set(turns.map((turn) => copyOf(live({ turn })).announcement)).size).toBe(1);
  });

  it('say how to be heard with push-to-talk, and nothing new while the key is held', () => {
    expect(copyOf(live({ microphone: 'released' })).announcement).toBe('Hold the button or Space to talk.');
    const held = copyOf(live({ microphone: 'held', turn: 'user_speaking' }));
    expect(held.sentence).toBe('You’re on. Let go when you’re done.');
    expect(held.announcement).toBe('Connected to Ada. Hold to talk.');
  });

  it('follow the turns of a typed call', () => {
    const { announcement } = copyOf(live({ turn: 'thinking', microphone: 'none' }));
    expect(announcement).toBe('Ada is thinking…');
  });

  it('report how a call went', () => {
    const receipt = {
      callId: 'c' as CallId,
      reason: 'goodbye',
      seconds: 134,
      secondsLeftToday: 1656,
    } as const;
    expect(copyOf(ended('goodbye', receipt)).announcement).toBe('It lasted 2 min 14 s. 27 min left today.');
  });
});
