import { describe, expect, it } from 'vitest';
import type { CallEvent } from '@/lib/client/state/call-event';
import type { TrackedCall } from '@/lib/client/state/call-state';
import { reduceCall } from '@/lib/client/state/reduce-call';
import { added, play, turn, words } from '@/lib/client/testing/conversation';

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
    expect(oneSecond.transcript).toMatchObject([{ spokenChars: 15, state: 'speaking' }]);
    expect(reduceCall(oneSecond, { type: 'tick', atMs: 1_500 })).toBe(oneSecond);
    const long = reduceCall(oneSecond, { type: 'tick', atMs: 60_000 });
    expect(long.transcript).toMatchObject([{ spokenChars: 39, state: 'speaking' }]);
  });

  it('is all spoken when the playback stops, not when the text is complete', () => {
    const written = reduceCall(answering(), {
      type: 'response_done',
      responseId: 'r1',
      status: 'completed',
      atMs: 0,
    });
    expect(written.transcript).toMatchObject([{ state: 'speaking' }]);
    expect(turn(written)).toBe('agent_speaking');
    const heard = reduceCall(written, { type: 'playback_stopped', responseId: 'r1' });
    expect(heard.transcript).toMatchObject([{ state: 'done', spokenChars: 39 }]);
    expect(turn(heard)).toBe('listening');
  });

  it('speaks several messages of one response one after the other', () => {
    const state = [words('a2', 'And Monday.'), { type: 'tick', atMs: 4_000 } as const].reduce<TrackedCall>(
      reduceCall,
      answering(),
    );
    expect(state.transcript).toMatchObject([{ spokenChars: 39 }, { spokenChars: 6 }]);
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
      expect(cut.transcript).toMatchObject([{ state: 'interrupted', spokenChars: 15 }]);
      const exact = reduceCall(cut, { type: 'item_truncated', itemId: 'a1', audioEndMs: 600 });
      expect(exact.transcript).toMatchObject([{ state: 'interrupted', spokenChars: 9 }]);
      const late = reduceCall(exact, words('a1', ' more'));
      expect(late.transcript).toEqual(exact.transcript);
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
    expect(state.transcript).toMatchObject([
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
    expect(state.transcript).toMatchObject([{ state: 'interrupted', spokenChars: 0 }]);
  });

  it('leaves no empty entry, and a note when the response failed', () => {
    const state = play(
      { type: 'response_started', responseId: 'r1' },
      { type: 'response_item', responseId: 'r1', itemId: 'a1' },
      added('a1', null, 'agent'),
      { type: 'response_done', responseId: 'r1', status: 'failed', cause: 'outage', atMs: 0 },
    );
    expect(state.transcript).toMatchObject([{ kind: 'note' }]);
  });

  it('is done at once when it is written, not spoken', () => {
    const state = play(
      { type: 'agent_words', responseId: 'r1', itemId: 'a1', delta: 'Hi', aloud: false },
      { type: 'agent_words_done', responseId: 'r1', itemId: 'a1', text: 'Hi.', aloud: false },
    );
    expect(state.transcript).toMatchObject([{ text: 'Hi.', spokenChars: 3, state: 'done' }]);
  });

  it('is never shortened by the report on one of its parts', () => {
    const state = play(words('a1', 'One. '), words('a1', 'Two.'), {
      type: 'agent_words_done',
      responseId: 'r1',
      itemId: 'a1',
      text: 'Two.',
      aloud: true,
    });
    expect(state.transcript).toMatchObject([{ text: 'One. Two.' }]);
  });
});
