import { describe, expect, it } from 'vitest';
import type { CallEvent } from '@/lib/client/state/call-event';
import { reduceCall } from '@/lib/client/state/reduce-call';
import { live, play, turn } from '@/lib/client/testing/conversation';
import type { ToolCallId } from '@/lib/shared/ids';

describe('tools', () => {
  const asked = (name: string) =>
    play({
      type: 'tool_requested',
      itemId: 'fc',
      toolCallId: 't1' as ToolCallId,
      name,
      arguments: { day: 'Friday' },
      atMs: 1,
    });

  it('waits for approval where the tool needs it, then runs and ends with its reply', () => {
    const waiting = asked('send_reminder');
    expect(waiting.transcript).toMatchObject([
      { state: 'waiting_for_approval', arguments: { day: 'Friday' } },
    ]);
    expect(turn(waiting)).toBe('listening');
    const allowed = reduceCall(waiting, {
      type: 'approval_closed',
      toolCallId: 't1' as ToolCallId,
      allowed: true,
      atMs: 5,
    });
    expect(allowed.transcript).toMatchObject([{ state: 'running', startedAtMs: 5, finishedAtMs: null }]);
    const reply = { ok: false, error: { code: 'taken', message: 'That time is taken.' } } as const;
    const answered = reduceCall(allowed, {
      type: 'tool_finished',
      toolCallId: 't1' as ToolCallId,
      reply,
      atMs: 9,
    });
    expect(answered.transcript).toMatchObject([{ state: 'failed', finishedAtMs: 9, reply }]);
  });

  it('names an unknown tool in words, and a repeated request changes nothing', () => {
    const state = asked('look_it_up');
    expect(state.transcript).toMatchObject([{ title: 'Look it up', state: 'running' }]);
    const again: CallEvent = {
      type: 'tool_requested',
      itemId: 'fc',
      toolCallId: 't1' as ToolCallId,
      name: 'x',
      arguments: {},
      atMs: 2,
    };
    expect(reduceCall(state, again)).toBe(state);
  });

  it('ignores the reply of a tool that is not in the transcript', () => {
    const state = live();
    const reply = { ok: true, summary: '', data: null } as const;
    expect(
      reduceCall(state, { type: 'tool_finished', toolCallId: 'gone' as ToolCallId, reply, atMs: 1 }),
    ).toBe(state);
  });
});
