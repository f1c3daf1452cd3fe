import { describe, expect, it } from 'vitest';
import type { CallEvent } from '@/lib/client/state/call-event';
import { emptyTracking, type TrackedCall } from '@/lib/client/state/call-state';
import { reduceCall } from '@/lib/client/state/reduce-call';
import { initialTrackedCall } from '@/lib/client/state/reduce-setup';
import { RESTORED, WENT_LIVE } from '@/lib/client/testing/conversation';
import { approval, receipt, reconnect, stateIn } from '@/lib/client/testing/phases';
import type { ToolCallId } from '@/lib/shared/ids';

const atMs = 1_000;
const play = (state: TrackedCall, ...events: CallEvent[]) => events.reduce(reduceCall, state);

describe('the way in and out', () => {
  it('starts with an empty transcript and remembers the tools', () => {
    const tools = [{ name: 'book', title: 'Book it', needsApproval: true, changesData: true }];
    const live = play(
      stateIn('ended'),
      { type: 'start_requested', typed: true },
      { ...WENT_LIVE, tools, microphone: 'none' },
    );
    expect(live.transcript).toEqual([]);
    expect(live.tracking.tools).toBe(tools);
    expect(live.phase).toMatchObject({ name: 'live', call: { microphone: 'none', turn: 'listening' } });
  });

  it('remembers its language until the next start', () => {
    const start = (language?: string): CallEvent => ({ type: 'start_requested', typed: true, language });
    const ended = { ...play(initialTrackedCall, start('de')), phase: stateIn('ended').phase };
    expect(ended.language).toBe('de');
    expect(play(ended, start()).language).toBeNull();
  });

  it('does not start a typed call where WebRTC is missing', () => {
    const state = { ...initialTrackedCall, phase: { name: 'unsupported', why: 'no_webrtc' } as const };
    expect(reduceCall(state, { type: 'start_requested', typed: true })).toBe(state);
  });

  it('keeps the transcript at the end, closing what is open', () => {
    const ending = play(stateIn('live'), { type: 'call_ending', reason: 'user' });
    expect(ending.transcript).toMatchObject([
      { id: 'item-1', state: 'interrupted', spokenChars: 2 },
      { id: 'tool-1', state: 'running' },
    ]);
    const ended = play(ending, { type: 'call_ended', reason: 'replaced', cause: null, receipt });
    expect(ended.phase).toEqual({
      name: 'ended',
      agent: WENT_LIVE.agent,
      reason: 'replaced',
      cause: null,
      receipt,
    });
    expect(ended.transcript).toMatchObject([{ state: 'interrupted' }, { state: 'failed' }]);
  });

  it('removes entries without words at the end and closes half-heard ones', () => {
    const heard = play(
      stateIn('live'),
      { type: 'user_speech_started', itemId: 'silent' },
      { type: 'user_words', itemId: 'half', delta: 'Is it' },
      { type: 'call_ending', reason: 'user' },
    );
    expect(heard.transcript.map(({ id }) => id)).toEqual(['item-1', 'tool-1', 'half']);
    expect(heard.transcript.at(-1)).toMatchObject({ state: 'done', text: 'Is it' });
  });

  it('says when the microphone is gone, once, and typing goes on', () => {
    const lost = play(stateIn('live'), { type: 'microphone_lost', why: 'missing' });
    expect(lost.phase).toMatchObject({ call: { microphone: 'none' } });
    expect(lost.transcript.at(-1)).toMatchObject({ kind: 'note' });
    expect(play(lost, { type: 'microphone_lost', why: 'missing' })).toBe(lost);
    expect(play(lost, { type: 'mute_changed', muted: false })).toBe(lost);
  });

  it('clears the hint when the user unmutes', () => {
    const hinted = play(
      stateIn('live'),
      { type: 'mute_changed', muted: true },
      { type: 'hint_changed', hint: 'muted_speech' },
      { type: 'mute_changed', muted: false },
    );
    expect(hinted.phase).toMatchObject({ call: { microphone: 'on', hint: null } });
  });

  it('removes an approval from the screen only when it is the one answered', () => {
    const asked = play(stateIn('live'), { type: 'approval_requested', approval });
    expect(asked.phase).toMatchObject({ call: { approval } });
    const other = play(asked, {
      type: 'approval_closed',
      toolCallId: 'other' as ToolCallId,
      allowed: true,
      atMs,
    });
    expect(other.phase).toMatchObject({ call: { approval } });
    const denied = play(asked, {
      type: 'approval_closed',
      toolCallId: 'tool-1' as ToolCallId,
      allowed: false,
      atMs,
    });
    expect(denied.phase).toMatchObject({ call: { approval: null } });
    expect(denied.transcript.at(-1)).toMatchObject({ state: 'denied', finishedAtMs: atMs });
  });

  it('puts what is said after a drop below it, although the server does not know what got lost', () => {
    const item = (itemId: string, previousItemId: string | null, role: 'agent' | 'other'): CallEvent => ({
      type: 'item_added',
      itemId,
      previousItemId,
      role,
      text: role === 'agent' ? `I am ${itemId}` : null,
      typed: false,
      toolCallId: null,
      atMs,
    });
    const restored = play(
      { ...stateIn('live'), transcript: [], tracking: emptyTracking },
      item('greeting', null, 'agent'),
      { type: 'user_speech_started', itemId: 'cut-off' },
      { type: 'connection_dropped', reconnect },
      { ...RESTORED, tools: [] },
      item('told', 'greeting', 'other'),
      item('question', 'told', 'agent'),
    );
    expect(restored.transcript.map(({ id }) => id)).toEqual(['greeting', 'note-1', 'note-2', 'question']);
  });

  it('closes what is open when the connection drops, and goes on with the next one', () => {
    const dropped = play(
      stateIn('live'),
      { type: 'approval_requested', approval },
      { type: 'connection_dropped', reconnect },
    );
    expect(dropped.phase).toMatchObject({
      call: { link: 'reconnecting', reconnect, approval: null, turn: 'listening' },
    });
    expect(dropped.transcript).toMatchObject([
      { id: 'item-1', state: 'interrupted', spokenChars: 2 },
      { kind: 'note' },
    ]);
    expect(play(dropped, { type: 'connection_dropped', reconnect })).toBe(dropped);
    expect(play(dropped, { type: 'link_changed', link: 'weak' })).toBe(dropped);
    const next = { attempt: 2, maxAttempts: 3, retryAtMs: null, isSilent: false };
    const tried = play(dropped, { type: 'reconnecting', reconnect: next });
    expect(tried.phase).toMatchObject({ call: { link: 'reconnecting', reconnect: next } });
    const tools = [{ name: 'book', title: 'Book it', needsApproval: true, changesData: true }];
    const restored = play(tried, { ...RESTORED, tools });
    expect(restored.phase).toMatchObject({ call: { link: 'good', reconnect: null, turn: 'listening' } });
    const due = play(tried, { ...RESTORED, tools, responseDueAtMs: 9_000 });
    expect(due.phase).toMatchObject({ call: { link: 'good', turn: 'thinking' } });
    expect(restored.tracking.tools).toBe(tools);
    expect(restored.transcript.filter(({ kind }) => kind === 'note')).toHaveLength(2);
  });

  it.each<[string, CallEvent[], RegExp]>([
    ['between two sentences', [], /^The connection was lost\.$/],
    ['in the middle of a sentence', [{ type: 'user_speech_started', itemId: 'u1' }], /say it again/],
    [
      'before the words of a sentence are known',
      [
        { type: 'user_speech_started', itemId: 'u1' },
        { type: 'user_speech_stopped', itemId: 'u1', atMs },
        { type: 'user_speech_committed', itemId: 'u1', previousItemId: null, atMs },
      ],
      /say it again/,
    ],
    [
      'after the words of a sentence are known',
      [
        { type: 'user_speech_started', itemId: 'u1' },
        { type: 'user_speech_stopped', itemId: 'u1', atMs },
        { type: 'user_words_done', itemId: 'u1', text: 'What is free?' },
      ],
      /^The connection was lost\.$/,
    ],
  ])('asks for what was said again only if it is lost: a drop %s', (_, events, words) => {
    const dropped = play(stateIn('live'), ...events, { type: 'connection_dropped', reconnect });
    const note = dropped.transcript.find(({ kind }) => kind === 'note');
    expect(note).toMatchObject({ text: expect.stringMatching(words) });
  });

  it('keeps mute across a drop', () => {
    const muted = play(
      stateIn('live'),
      { type: 'mute_changed', muted: true },
      { type: 'connection_dropped', reconnect },
    );
    expect(muted.phase).toMatchObject({ call: { microphone: 'muted' } });
    const back = play(muted, { ...RESTORED, tools: [] });
    expect(back.phase).toMatchObject({ call: { microphone: 'muted' } });
  });

  it('reads from the key who speaks in push-to-talk, and has no mute then', () => {
    const released = play(
      stateIn('live'),
      { type: 'playback_stopped', responseId: 'response-1' },
      {
        type: 'tool_finished',
        toolCallId: 'tool-1' as ToolCallId,
        reply: { ok: true, summary: '', data: 1 },
        atMs,
      },
      { type: 'talk_mode_changed', pushToTalk: true },
    );
    expect(released.phase).toMatchObject({ call: { microphone: 'released' } });
    expect(play(released, { type: 'mute_changed', muted: true })).toBe(released);
    const held = play(released, { type: 'talk_held', held: true });
    expect(held.phase).toMatchObject({ call: { microphone: 'held', turn: 'user_speaking' } });
    const touched = play(held, { type: 'talk_held', held: false, isSentence: false, atMs });
    expect(touched.phase).toMatchObject({ call: { microphone: 'released', turn: 'listening' } });
    const letGo = play(held, { type: 'talk_held', held: false, isSentence: true, atMs });
    expect(letGo.phase).toMatchObject({ call: { microphone: 'released', turn: 'thinking' } });
    const open = play(letGo, { type: 'talk_mode_changed', pushToTalk: false });
    expect(open.phase).toMatchObject({ call: { microphone: 'on' } });
  });

  it('hands off to another agent, who speaks from then on', () => {
    const bo = { name: 'bo', title: 'Bo' };
    const handed = play(
      { ...stateIn('live'), tracking: { ...stateIn('live').tracking, speaker: 'Ada' } },
      { type: 'handed_off', toolCallId: 'tool-1' as ToolCallId, agent: bo, tools: [] },
      { type: 'agent_words', responseId: 'r2', itemId: 'i2', delta: 'Hello', aloud: true },
    );
    expect(handed.phase).toMatchObject({ call: { agent: bo } });
    expect(handed.transcript.slice(-2)).toMatchObject([
      { kind: 'handoff', from: 'Ada', to: 'Bo' },
      { kind: 'agent', speaker: 'Bo' },
    ]);
    const again = play(handed, {
      type: 'handed_off',
      toolCallId: 'tool-1' as ToolCallId,
      agent: bo,
      tools: [],
    });
    expect(again.transcript).toBe(handed.transcript);
  });

  it('shows a guardrail once, after the words that broke it', () => {
    const tripped = { type: 'guardrail_tripped', itemId: 'item-1', rule: 'r', text: 'Stopped.' } as const;
    const shown = play(stateIn('live'), tripped, tripped);
    expect(shown.transcript.map(({ kind }) => kind)).toEqual(['agent', 'guardrail', 'tool']);
  });

  it('keeps devices and choices from call to call', () => {
    const chosen = play(stateIn('ended'), { type: 'sound_changed', sound: { microphoneId: 'usb' } });
    const again = play(chosen, { type: 'start_requested', typed: false });
    expect(again.sound.microphoneId).toBe('usb');
    const same = play(again, { type: 'sound_changed', sound: { microphoneId: 'usb' } });
    expect(same).toBe(again);
    expect(play(chosen, { type: 'reset' }).sound.microphoneId).toBe('usb');
  });
});
