import { describe, expect, it } from 'vitest';
import type { CallEvent, ServerEvent } from '@/lib/shared/call-event';
import { emptyTalk, type TrackedCall } from '@/lib/shared/call-talk';
import { initialTrackedCall, reduceCall } from '@/lib/shared/reduce-call';

const tools = [
  { name: 'find_slots', title: 'Find free times', needsApproval: false, changesData: false },
  { name: 'book_appointment', title: 'Book an appointment', needsApproval: true, changesData: true },
];
const live = (): TrackedCall =>
  reduceCall(
    { ...initialTrackedCall, phase: { name: 'connecting', step: 'joining', typed: false }, talk: emptyTalk },
    {
      type: 'went_live',
      callId: 'c',
      agent: { name: 'robin', title: 'Robin' },
      tools,
      endsAtMs: 1e9,
      microphone: 'on',
    },
  );
const play = (...events: CallEvent[]) => events.reduce(reduceCall, live());
const turn = (state: TrackedCall) => (state.phase.name === 'live' ? state.phase.call.turn : state.phase.name);
const ids = (state: TrackedCall) => state.record.map(({ id }) => id);

const added = (
  itemId: string,
  previousItemId: string | null,
  role: 'user' | 'agent' | 'other',
): ServerEvent => ({
  type: 'item_added',
  itemId,
  previousItemId,
  role,
  text: null,
  typed: false,
  toolCallId: null,
  atMs: 0,
});
const words = (itemId: string, delta: string, responseId = 'r1'): ServerEvent => ({
  type: 'agent_words',
  responseId,
  itemId,
  delta,
  aloud: true,
});

describe('order', () => {
  it('puts words that come before their item at its place', () => {
    const state = play(
      { type: 'user_words', itemId: 'u1', delta: 'Hello' },
      words('a1', 'Hi'),
      added('u1', null, 'user'),
      added('a1', 'u1', 'agent'),
    );
    expect(ids(state)).toEqual(['u1', 'a1']);
  });

  it('moves a late user item in front of the answer to it', () => {
    const state = play(
      added('a0', null, 'agent'),
      added('a1', 'u1', 'agent'),
      { type: 'user_words', itemId: 'u1', delta: 'What is free?' },
      { type: 'user_speech_committed', itemId: 'u1', previousItemId: 'a0', atMs: 0 },
    );
    expect(ids(state)).toEqual(['a0', 'u1', 'a1']);
  });

  it('follows predecessors that have no line of their own', () => {
    const state = play(
      added('u1', null, 'user'),
      added('output', 'u1', 'other'),
      added('u2', 'output', 'user'),
      added('a1', 'output', 'agent'),
    );
    expect(ids(state)).toEqual(['u1', 'a1', 'u2']);
  });

  it('knows a function call by its call id', () => {
    const state = play(
      added('u1', null, 'user'),
      { ...added('fc', 'u1', 'other'), toolCallId: 'call_1' } as ServerEvent,
      added('a1', 'fc', 'agent'),
      {
        type: 'tool_requested',
        itemId: 'fc',
        toolCallId: 'call_1',
        name: 'find_slots',
        arguments: {},
        atMs: 7,
      },
    );
    expect(ids(state)).toEqual(['u1', 'call_1', 'a1']);
    expect(state.record[1]).toMatchObject({ title: 'Find free times', state: 'running', startedAtMs: 7 });
  });

  it('keeps the place of an item that is named twice', () => {
    const state = play(added('u1', null, 'user'), added('a1', 'u1', 'agent'), added('u1', null, 'user'));
    expect(ids(state)).toEqual(['u1', 'a1']);
  });

  it('forgets deleted items', () => {
    const state = play(added('u1', null, 'user'), added('a1', 'u1', 'agent'), {
      type: 'item_deleted',
      itemId: 'u1',
    });
    expect(ids(state)).toEqual(['a1']);
  });
});

describe('what the person says', () => {
  it('grows from deltas and is replaced by the final words', () => {
    const heard = play(
      { type: 'user_speech_started', itemId: 'u1' },
      { type: 'user_words', itemId: 'u1', delta: 'What is ' },
      { type: 'user_words', itemId: 'u1', delta: 'fee' },
    );
    expect(heard.record).toEqual([
      { kind: 'user', id: 'u1', text: 'What is fee', state: 'hearing', typed: false },
    ]);
    const done = reduceCall(heard, { type: 'user_words_done', itemId: 'u1', text: ' What is free? ' });
    expect(done.record).toMatchObject([{ text: 'What is free?', state: 'done' }]);
  });

  it('leaves no line behind when nothing was said, and says when it was not understood', () => {
    expect(
      play(
        { type: 'user_speech_started', itemId: 'u1' },
        { type: 'user_words_done', itemId: 'u1', text: ' ' },
      ).record,
    ).toEqual([]);
    expect(
      play({ type: 'user_speech_started', itemId: 'u1' }, { type: 'user_words_failed', itemId: 'u1' }).record,
    ).toMatchObject([{ state: 'failed' }]);
  });

  it('shows typed words at once and waits for the answer', () => {
    const state = play({
      type: 'item_added',
      itemId: 'u1',
      previousItemId: null,
      role: 'user',
      text: 'Hello',
      typed: true,
      toolCallId: null,
      atMs: 5,
    });
    expect(state.record).toEqual([{ kind: 'user', id: 'u1', text: 'Hello', state: 'done', typed: true }]);
    expect(turn(state)).toBe('thinking');
  });
});

describe('what the agent says', () => {
  const answering = () =>
    play(
      { type: 'response_started', responseId: 'r1' },
      { type: 'response_item', responseId: 'r1', itemId: 'a1' },
      added('a1', null, 'agent'),
      words('a1', 'Friday at ten is free. '),
      { type: 'playback_started', responseId: 'r1', atMs: 1_000 },
      words('a1', 'Shall I book it?'),
    );

  it('marks as spoken about fifteen characters a second, never more than there are', () => {
    const oneSecond = reduceCall(answering(), { type: 'tick', atMs: 2_000 });
    expect(oneSecond.record).toMatchObject([{ spokenChars: 15, state: 'speaking' }]);
    expect(reduceCall(oneSecond, { type: 'tick', atMs: 1_500 })).toBe(oneSecond);
    const long = reduceCall(oneSecond, { type: 'tick', atMs: 60_000 });
    expect(long.record).toMatchObject([{ spokenChars: 39, state: 'speaking' }]);
  });

  it('is all spoken when the playback stops, not when the text is complete', () => {
    const written = reduceCall(answering(), {
      type: 'response_done',
      responseId: 'r1',
      status: 'completed',
      atMs: 0,
    });
    expect(written.record).toMatchObject([{ state: 'speaking' }]);
    expect(turn(written)).toBe('agent_speaking');
    const heard = reduceCall(written, { type: 'playback_stopped', responseId: 'r1' });
    expect(heard.record).toMatchObject([{ state: 'done', spokenChars: 39 }]);
    expect(turn(heard)).toBe('listening');
  });

  it('speaks several messages of one response one after the other', () => {
    const state = [words('a2', 'And Monday.'), { type: 'tick', atMs: 4_000 } as const].reduce<TrackedCall>(
      reduceCall,
      answering(),
    );
    expect(state.record).toMatchObject([{ spokenChars: 39 }, { spokenChars: 6 }]);
  });

  for (const order of [
    ['response_done', 'playback_cleared'],
    ['playback_cleared', 'response_done'],
  ] as const) {
    it(`is cut where it was interrupted, with ${order.join(' before ')}`, () => {
      const events: Record<string, CallEvent> = {
        response_done: { type: 'response_done', responseId: 'r1', status: 'cancelled', atMs: 0 },
        playback_cleared: { type: 'playback_cleared', responseId: 'r1', atMs: 2_000 },
      };
      const cut = order.reduce((state, name) => reduceCall(state, events[name] as CallEvent), answering());
      expect(cut.record).toMatchObject([{ state: 'interrupted', spokenChars: 15 }]);
      const exact = reduceCall(cut, { type: 'item_truncated', itemId: 'a1', audioEndMs: 600 });
      expect(exact.record).toMatchObject([{ state: 'interrupted', spokenChars: 9 }]);
      const late = reduceCall(exact, words('a1', ' more'));
      expect(late.record).toEqual(exact.record);
      expect(turn(late)).toBe('listening');
    });
  }

  it('is interrupted unheard when the buffer is emptied before its turn, but not while it is being written', () => {
    const state = [
      { type: 'response_done', responseId: 'r1', status: 'completed', atMs: 1_100 } as const,
      { type: 'response_started', responseId: 'r2' } as const,
      words('a2', 'By the way', 'r2'),
      { type: 'response_done', responseId: 'r2', status: 'completed', atMs: 1_200 } as const,
      { type: 'response_started', responseId: 'r3' } as const,
      words('a3', 'Also', 'r3'),
      { type: 'playback_cleared', responseId: 'r1', atMs: 2_000 } as const,
    ].reduce<TrackedCall>(reduceCall, answering());
    expect(state.record).toMatchObject([
      { state: 'interrupted', spokenChars: 15 },
      { state: 'interrupted', spokenChars: 0 },
      { state: 'speaking' },
    ]);
    const stopped = reduceCall(state, {
      type: 'response_done',
      responseId: 'r3',
      status: 'cancelled',
      atMs: 2_001,
    });
    expect(turn(stopped)).toBe('listening');
  });

  it('is interrupted unheard when it was cancelled before it was played', () => {
    const state = play({ type: 'response_started', responseId: 'r1' }, words('a1', 'Well'), {
      type: 'response_done',
      responseId: 'r1',
      status: 'cancelled',
      atMs: 0,
    });
    expect(state.record).toMatchObject([{ state: 'interrupted', spokenChars: 0 }]);
  });

  it('leaves no empty line, and a note when the answer failed', () => {
    const state = play(
      { type: 'response_started', responseId: 'r1' },
      { type: 'response_item', responseId: 'r1', itemId: 'a1' },
      added('a1', null, 'agent'),
      { type: 'response_done', responseId: 'r1', status: 'failed', atMs: 0 },
    );
    expect(state.record).toMatchObject([{ kind: 'note' }]);
  });

  it('is done at once when it is written, not spoken', () => {
    const state = play(
      { type: 'agent_words', responseId: 'r1', itemId: 'a1', delta: 'Hi', aloud: false },
      { type: 'agent_words_done', responseId: 'r1', itemId: 'a1', text: 'Hi.', aloud: false },
    );
    expect(state.record).toMatchObject([{ text: 'Hi.', spokenChars: 3, state: 'done' }]);
  });

  it('is never shortened by the report on one of its parts', () => {
    const state = play(words('a1', 'One. '), words('a1', 'Two.'), {
      type: 'agent_words_done',
      responseId: 'r1',
      itemId: 'a1',
      text: 'Two.',
      aloud: true,
    });
    expect(state.record).toMatchObject([{ text: 'One. Two.' }]);
  });
});

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
          toolCallId: 't1',
          name: 'find_slots',
          arguments: {},
          atMs: 12,
        },
        'thinking',
      ],
      [{ type: 'response_done', responseId: 'r1', status: 'completed', atMs: 0 }, 'thinking'],
      [
        { type: 'tool_finished', toolCallId: 't1', reply: { ok: true, summary: 's', data: 0 }, atMs: 13 },
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

  it('stays with thinking between the written and the heard answer', () => {
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

  it('stops waiting for an answer that never begins', () => {
    const waiting = play({ type: 'user_speech_stopped', itemId: 'u1', atMs: 1_000 });
    expect(turn(reduceCall(waiting, { type: 'tick', atMs: 11_000 }))).toBe('thinking');
    expect(turn(reduceCall(waiting, { type: 'tick', atMs: 11_001 }))).toBe('listening');
  });

  it('keeps what was said before the connection was reported as up', () => {
    const early = reduceCall(
      { ...initialTrackedCall, phase: { name: 'connecting', step: 'joining', typed: false } },
      { type: 'user_speech_started', itemId: 'u1' },
    );
    const state = reduceCall(early, {
      type: 'went_live',
      callId: 'c',
      agent: { name: 'robin', title: 'Robin' },
      tools,
      endsAtMs: 1e9,
      microphone: 'on',
    });
    expect(turn(state)).toBe('user_speaking');
    expect(ids(state)).toEqual(['u1']);
  });
});

describe('tools', () => {
  const asked = (name: string) =>
    play({
      type: 'tool_requested',
      itemId: 'fc',
      toolCallId: 't1',
      name,
      arguments: { day: 'Friday' },
      atMs: 1,
    });

  it('waits for approval where the tool needs it, then runs and answers', () => {
    const waiting = asked('book_appointment');
    expect(waiting.record).toMatchObject([{ state: 'waiting_for_approval', arguments: { day: 'Friday' } }]);
    expect(turn(waiting)).toBe('listening');
    const allowed = reduceCall(waiting, {
      type: 'approval_closed',
      toolCallId: 't1',
      allowed: true,
      atMs: 5,
    });
    expect(allowed.record).toMatchObject([{ state: 'running', startedAtMs: 5, finishedAtMs: null }]);
    const reply = { ok: false, error: { code: 'taken', message: 'That time is taken.' } } as const;
    const answered = reduceCall(allowed, { type: 'tool_finished', toolCallId: 't1', reply, atMs: 9 });
    expect(answered.record).toMatchObject([{ state: 'failed', finishedAtMs: 9, reply }]);
  });

  it('names an unknown tool in words, and a repeated request changes nothing', () => {
    const state = asked('look_it_up');
    expect(state.record).toMatchObject([{ title: 'Look it up', state: 'running' }]);
    const again: CallEvent = {
      type: 'tool_requested',
      itemId: 'fc',
      toolCallId: 't1',
      name: 'x',
      arguments: {},
      atMs: 2,
    };
    expect(reduceCall(state, again)).toBe(state);
  });

  it('ignores the answer of a tool that is not in the record', () => {
    const state = live();
    const reply = { ok: true, summary: '', data: null } as const;
    expect(reduceCall(state, { type: 'tool_finished', toolCallId: 'gone', reply, atMs: 1 })).toBe(state);
  });
});
