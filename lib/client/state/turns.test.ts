import { describe, expect, it } from 'vitest';
import type { CallEvent } from '@/lib/client/state/call-event';
import { readServerEvent } from '@/lib/client/state/read-server-event';
import { reduceCall } from '@/lib/client/state/reduce-call';
import { isHeardInPart } from '@/lib/client/state/reduce-live';
import { initialTrackedCall } from '@/lib/client/state/reduce-setup';
import { added, ids, live, play, turn, WENT_LIVE, words } from '@/lib/client/testing/conversation';
import type { ToolCallId } from '@/lib/shared/ids';

describe('whose turn it is', () => {
  it('follows a spoken turn with a tool', () => {
    const steps: [CallEvent, string][] = [
      [{ type: 'user_speech_started', itemId: 'u1' }, 'user_speaking'],
      [{ type: 'user_speech_stopped', itemId: 'u1', atMs: 10 }, 'thinking'],
      [{ type: 'user_speech_committed', itemId: 'u1', previousItemId: null, atMs: 11 }, 'thinking'],
      [{ type: 'response_started', responseId: 'r1' }, 'thinking'],
      [
        {
          type: 'tool_requested',
          itemId: 'fc',
          toolCallId: 't1' as ToolCallId,
          name: 'look_it_up',
          arguments: {},
          atMs: 12,
        },
        'thinking',
      ],
      [{ type: 'response_done', responseId: 'r1', status: 'completed', atMs: 0 }, 'thinking'],
      [
        {
          type: 'tool_finished',
          toolCallId: 't1' as ToolCallId,
          reply: { ok: true, summary: 's', data: 0 },
          atMs: 13,
        },
        'thinking',
      ],
      [{ type: 'response_started', responseId: 'r2' }, 'thinking'],
      [{ type: 'playback_started', responseId: 'r2', atMs: 14 }, 'agent_speaking'],
      [{ type: 'response_done', responseId: 'r2', status: 'completed', atMs: 0 }, 'agent_speaking'],
      [{ type: 'user_speech_started', itemId: 'u2' }, 'user_speaking'],
      [{ type: 'playback_cleared', responseId: 'r2', atMs: 15 }, 'user_speaking'],
      [{ type: 'user_speech_stopped', itemId: 'u2', atMs: 16 }, 'thinking'],
    ];
    let state = live();
    for (const [event, expected] of steps) {
      state = reduceCall(state, event);
      expect(turn(state), event.type).toBe(expected);
    }
  });

  it('stays with thinking between the written and the heard response', () => {
    const written = play({ type: 'response_started', responseId: 'r1' }, words('a1', 'Hello'), {
      type: 'response_done',
      responseId: 'r1',
      status: 'completed',
      atMs: 20,
    });
    expect(turn(written)).toBe('thinking');
    const heard = reduceCall(written, { type: 'playback_started', responseId: 'r1', atMs: 30 });
    expect(turn(heard)).toBe('agent_speaking');
    expect(turn(reduceCall(heard, { type: 'playback_stopped', responseId: 'r1' }))).toBe('listening');
  });

  it('stops waiting for a response that never begins', () => {
    const waiting = play({ type: 'user_speech_stopped', itemId: 'u1', atMs: 1_000 });
    expect(turn(reduceCall(waiting, { type: 'tick', atMs: 11_000 }))).toBe('thinking');
    expect(turn(reduceCall(waiting, { type: 'tick', atMs: 11_001 }))).toBe('listening');
    // A clock that was set back does not hold the turn up for as long.
    expect(turn(reduceCall(waiting, { type: 'tick', atMs: -60_000 }))).toBe('listening');
  });

  it.each<[string, CallEvent]>([
    ['mutes', { type: 'mute_changed', muted: true }],
    ['loses the microphone', { type: 'microphone_lost', why: 'missing' }],
    ['has it taken by the device', { type: 'sound_interrupted', interruption: 'microphone' }],
    [
      'loses the connection',
      {
        type: 'connection_dropped',
        reconnect: { attempt: 1, maxAttempts: 3, retryAtMs: null, isSilent: false },
      },
    ],
  ])(
    'is nobody’s when the user %s in the middle of a sentence, whatever the server says later',
    (_, event) => {
      const silent = play({ type: 'user_speech_started', itemId: 'u1' }, event);
      expect(turn(silent)).toBe('listening');
      expect(turn(reduceCall(silent, { type: 'user_speech_stopped', itemId: 'u1', atMs: 10 }))).toBe(
        'thinking',
      );
    },
  );

  it('is nobody’s when detection is held in the middle of a sentence, as for the greeting: no end is reported', () => {
    const held = readServerEvent(
      { type: 'session.updated', session: { audio: { input: { turn_detection: null } } } },
      10,
    );
    if (held === null) throw new Error('The event is not read.');
    const silent = play({ type: 'user_speech_started', itemId: 'u1' }, held);
    expect(turn(silent)).toBe('listening');
    expect(ids(silent)).not.toContain('u1');
  });

  it('stays the user’s when the session changes otherwise', () => {
    const session = { audio: { input: { turn_detection: { type: 'semantic_vad' } } } };
    expect(readServerEvent({ type: 'session.updated', session }, 10)).toBeNull();
    expect(readServerEvent({ type: 'session.updated', session: {} }, 10)).toBeNull();
  });

  it('stays the user’s when only the sound of the agent is taken', () => {
    const speaking = play(
      { type: 'user_speech_started', itemId: 'u1' },
      { type: 'sound_interrupted', interruption: 'sound' },
    );
    expect(turn(speaking)).toBe('user_speaking');
  });

  it('keeps what was said before the connection was reported as up', () => {
    const early = reduceCall(
      { ...initialTrackedCall, phase: { name: 'connecting', step: 'joining', typed: false } },
      { type: 'user_speech_started', itemId: 'u1' },
    );
    const state = reduceCall(early, WENT_LIVE);
    expect(turn(state)).toBe('user_speaking');
    expect(ids(state)).toEqual(['u1']);
  });
});

describe('a service that writes down nothing of what is said', () => {
  const off: CallEvent = { type: 'transcription_off' };
  const began: CallEvent = { type: 'user_speech_started', itemId: 'u1' };
  const stopped: CallEvent = { type: 'user_speech_stopped', itemId: 'u1', atMs: 1_000 };

  it('says so when the session begins', () => {
    const opened = (input: object) =>
      readServerEvent({ type: 'session.created', session: { audio: { input } } }, 0);
    expect(opened({ transcription: null })).toEqual(off);
    expect(opened({ transcription: { model: 'm' } })).toBeNull();
    expect(opened({})).toBeNull();
  });

  it('leaves no entry that listens for ever, and the turns as they are', () => {
    expect(play(off, began).transcript).toEqual([]);
    expect(turn(play(off, began))).toBe('user_speaking');
    const heard = play(off, began, stopped, added('u1', null, 'user'));
    expect(heard.transcript).toEqual([]);
    expect(turn(heard)).toBe('thinking');
  });

  it('shows words that come all the same, and what was typed', () => {
    const worded = play(off, began, { type: 'user_words_done', itemId: 'u1', text: 'Hello' });
    expect(worded.transcript).toMatchObject([{ id: 'u1', text: 'Hello' }]);
    const typed = play(off, { ...added('u2', null, 'user'), text: 'Hi', typed: true });
    expect(typed.transcript).toMatchObject([{ id: 'u2', text: 'Hi' }]);
  });

  it('loses with the connection what the agent has not begun to answer', () => {
    const heard = play(off, began, stopped);
    expect(isHeardInPart(heard)).toBe(true);
    expect(isHeardInPart(reduceCall(heard, { type: 'response_started', responseId: 'r1' }))).toBe(false);
  });
});
