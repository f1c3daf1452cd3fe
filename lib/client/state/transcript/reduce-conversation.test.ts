import { describe, expect, it } from 'vitest';
import { reduceCall } from '@/lib/client/state/reduce-call';
import { play, turn } from '@/lib/client/testing/conversation';

describe('what the user says', () => {
  it('grows from deltas and is replaced by the final words', () => {
    const heard = play(
      { type: 'user_speech_started', itemId: 'u1' },
      { type: 'user_words', itemId: 'u1', delta: 'What is ' },
      { type: 'user_words', itemId: 'u1', delta: 'fee' },
    );
    expect(heard.transcript).toEqual([
      { kind: 'user', id: 'u1', text: 'What is fee', state: 'hearing', typed: false },
    ]);
    const done = reduceCall(heard, { type: 'user_words_done', itemId: 'u1', text: ' What is free? ' });
    expect(done.transcript).toMatchObject([{ text: 'What is free?', state: 'done' }]);
  });

  it('leaves no entry when nothing was said, and shows what was not understood', () => {
    expect(
      play(
        { type: 'user_speech_started', itemId: 'u1' },
        { type: 'user_words_done', itemId: 'u1', text: ' ' },
      ).transcript,
    ).toEqual([]);
    expect(
      play(
        { type: 'user_speech_started', itemId: 'u1' },
        { type: 'user_words_failed', itemId: 'u1', cause: null },
      ).transcript,
    ).toMatchObject([{ state: 'failed' }]);
  });

  it('shows typed words at once and waits for the response', () => {
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
    expect(state.transcript).toEqual([{ kind: 'user', id: 'u1', text: 'Hello', state: 'done', typed: true }]);
    expect(turn(state)).toBe('thinking');
  });
});
