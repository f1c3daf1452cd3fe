import { describe, expect, it } from 'vitest';
import type { ServerEvent } from '@/lib/client/state/call-event';
import { added, ids, play, words } from '@/lib/client/testing/conversation';
import type { ToolCallId } from '@/lib/shared/ids';

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

  it('moves a late user item before the response to it', () => {
    const state = play(
      added('a0', null, 'agent'),
      added('a1', 'u1', 'agent'),
      { type: 'user_words', itemId: 'u1', delta: 'What is free?' },
      { type: 'user_speech_committed', itemId: 'u1', previousItemId: 'a0', atMs: 0 },
    );
    expect(ids(state)).toEqual(['a0', 'u1', 'a1']);
  });

  it('follows predecessors that have no entry of their own', () => {
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
        toolCallId: 'call_1' as ToolCallId,
        name: 'look_it_up',
        arguments: {},
        atMs: 7,
      },
    );
    expect(ids(state)).toEqual(['u1', 'call_1', 'a1']);
    expect(state.transcript[1]).toMatchObject({ title: 'Look it up', state: 'running', startedAtMs: 7 });
  });

  it('leaves a handoff where it happened: before the words of the next agent', () => {
    const state = play(
      { ...added('fc', null, 'other'), toolCallId: 'call_1' } as ServerEvent,
      {
        type: 'tool_requested',
        itemId: 'fc',
        toolCallId: 'call_1' as ToolCallId,
        name: 'ask',
        arguments: {},
        atMs: 0,
      },
      {
        type: 'handed_off',
        toolCallId: 'call_1' as ToolCallId,
        agent: { name: 'bo', title: 'Bo' },
        tools: [],
      },
      added('output', 'fc', 'other'),
      added('a1', 'output', 'agent'),
      words('a1', 'Hello'),
    );
    expect(ids(state)).toEqual(['call_1', 'handoff-call_1', 'a1']);
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
