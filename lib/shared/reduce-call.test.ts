import { describe, expect, it } from 'vitest';
import type { CallEvent } from '@/lib/shared/call-event';
import type { CallPhase, RecordEntry } from '@/lib/shared/call-state';
import { emptyTalk, type TrackedCall } from '@/lib/shared/call-talk';
import { reduceCall } from '@/lib/shared/reduce-call';
import { initialTrackedCall } from '@/lib/shared/reduce-setup';

const call = {
  callId: 'call-1',
  agent: { name: 'robin', title: 'Robin' },
  endsAtMs: 600_000,
  turn: 'listening',
  link: 'good',
  reconnect: null,
  microphone: 'on',
  approval: null,
  playbackBlocked: false,
  hint: null,
} as const;
const approval = { toolCallId: 'tool-1', toolName: 'book', title: 'Book', details: [], expiresAtMs: 30_000 };
const reconnect = { attempt: 1, maxAttempts: 3, retryAtMs: 1_000 };
const receipt = { callId: 'call-1', reason: 'user', seconds: 12, secondsLeftToday: 500 } as const;
const refusal = { code: 'rate_limited', message: 'Wait.', retryAtMs: 5_000 } as const;
const openTool: RecordEntry = {
  kind: 'tool',
  id: 'tool-1',
  name: 'book',
  title: 'Book',
  state: 'running',
  startedAtMs: 1,
  finishedAtMs: null,
  arguments: {},
  reply: null,
};

/** One state of every phase, with an open tool card and an agent's message in the record. */
const phases: Record<CallPhase['name'], CallPhase> = {
  unsupported: { name: 'unsupported', why: 'insecure_page' },
  not_configured: { name: 'not_configured' },
  signed_out: { name: 'signed_out' },
  ready: { name: 'ready' },
  asking_microphone: { name: 'asking_microphone' },
  microphone_refused: { name: 'microphone_refused', why: 'blocked' },
  connecting: { name: 'connecting', step: 'opening', typed: false },
  refused: { name: 'refused', ...refusal },
  live: { name: 'live', call },
  ending: { name: 'ending', reason: 'user' },
  ended: { name: 'ended', reason: 'user', receipt },
};
const names = Object.keys(phases) as CallPhase['name'][];

const record: RecordEntry[] = [
  { kind: 'agent', id: 'item-1', text: 'Hello there', spokenChars: 2, state: 'speaking', speaker: 'Robin' },
  openTool,
];
const stateIn = (name: CallPhase['name']): TrackedCall => ({
  phase: phases[name],
  record,
  sound: initialTrackedCall.sound,
  talk: { ...emptyTalk, order: ['item-1', 'tool-1'], playing: { responseId: 'response-1', sinceMs: 0 } },
});

const atMs = 1_000;
const everywhere = Object.fromEntries(names.map((name) => [name, name]));
/** Every event once, with the phases it belongs to and the phase it leads to. Elsewhere nothing may change. */
const table: { event: CallEvent; leads: Partial<Record<CallPhase['name'], CallPhase['name']>> }[] = [
  { event: { type: 'unsupported', why: 'no_webrtc' }, leads: { ready: 'unsupported' } },
  {
    event: { type: 'start_requested', typed: false },
    leads: {
      ready: 'asking_microphone',
      not_configured: 'asking_microphone',
      signed_out: 'asking_microphone',
      microphone_refused: 'asking_microphone',
      refused: 'asking_microphone',
      ended: 'asking_microphone',
    },
  },
  {
    event: { type: 'start_requested', typed: true },
    leads: {
      unsupported: 'connecting',
      ready: 'connecting',
      not_configured: 'connecting',
      signed_out: 'connecting',
      microphone_refused: 'connecting',
      refused: 'connecting',
      ended: 'connecting',
    },
  },
  { event: { type: 'microphone_granted' }, leads: { asking_microphone: 'connecting' } },
  {
    event: { type: 'microphone_refused', why: 'missing' },
    leads: { asking_microphone: 'microphone_refused' },
  },
  { event: { type: 'microphone_allowed' }, leads: { microphone_refused: 'ready' } },
  { event: { type: 'connect_step', step: 'joining' }, leads: { connecting: 'connecting' } },
  { event: { type: 'refused', refusal }, leads: { asking_microphone: 'refused', connecting: 'refused' } },
  {
    event: { type: 'refused', refusal: { ...refusal, code: 'unauthenticated' } },
    leads: { asking_microphone: 'signed_out', connecting: 'signed_out' },
  },
  {
    event: { type: 'refused', refusal: { ...refusal, code: 'not_configured' } },
    leads: { asking_microphone: 'not_configured', connecting: 'not_configured' },
  },
  { event: { type: 'cancelled' }, leads: { asking_microphone: 'ready', connecting: 'ready' } },
  {
    event: { type: 'went_live', callId: 'c', agent: call.agent, tools: [], endsAtMs: 9, microphone: 'on' },
    leads: { connecting: 'live' },
  },
  { event: { type: 'call_ending', reason: 'goodbye' }, leads: { live: 'ending' } },
  { event: { type: 'call_ended', reason: 'goodbye', receipt: null }, leads: { ending: 'ended' } },
  {
    event: { type: 'reset' },
    leads: {
      not_configured: 'ready',
      signed_out: 'ready',
      microphone_refused: 'ready',
      refused: 'ready',
      ended: 'ready',
    },
  },
  { event: { type: 'mute_changed', muted: true }, leads: { live: 'live' } },
  { event: { type: 'talk_mode_changed', pushToTalk: true }, leads: { live: 'live' } },
  { event: { type: 'sound_note', text: 'Now using the other one.' }, leads: { live: 'live' } },
  { event: { type: 'line_dropped', reconnect }, leads: { live: 'live' } },
  { event: { type: 'sound_changed', sound: { pushToTalk: true } }, leads: everywhere },
  { event: { type: 'microphone_lost' }, leads: { live: 'live' } },
  { event: { type: 'link_changed', link: 'weak' }, leads: { live: 'live' } },
  { event: { type: 'playback_blocked', blocked: true }, leads: { live: 'live' } },
  { event: { type: 'hint_changed', hint: 'no_sound' }, leads: { live: 'live' } },
  { event: { type: 'approval_requested', approval }, leads: { connecting: 'connecting', live: 'live' } },
  {
    event: { type: 'tool_finished', toolCallId: 'tool-1', reply: { ok: true, summary: '', data: 1 }, atMs },
    leads: { connecting: 'connecting', live: 'live', ending: 'ending', ended: 'ended' },
  },
];
/** Events of the conversation belong to a call that is up or about to be. */
const spoken: CallEvent[] = [
  {
    type: 'item_added',
    itemId: 'i',
    previousItemId: null,
    role: 'user',
    text: 'Hi',
    typed: true,
    toolCallId: null,
    atMs,
  },
  { type: 'item_deleted', itemId: 'item-1' },
  { type: 'item_truncated', itemId: 'item-1', audioEndMs: 100 },
  { type: 'user_speech_started', itemId: 'i' },
  { type: 'user_speech_stopped', itemId: 'i', atMs },
  { type: 'user_speech_committed', itemId: 'i', previousItemId: null, atMs },
  { type: 'user_words', itemId: 'i', delta: 'Hi' },
  { type: 'user_words_done', itemId: 'i', text: 'Hi' },
  { type: 'user_words_failed', itemId: 'i' },
  { type: 'response_started', responseId: 'r' },
  { type: 'response_item', responseId: 'r', itemId: 'item-1' },
  { type: 'agent_words', responseId: 'r', itemId: 'i', delta: 'Hi', aloud: true },
  { type: 'agent_words_done', responseId: 'r', itemId: 'item-1', text: 'Hello there all', aloud: true },
  { type: 'response_done', responseId: 'r', status: 'failed', atMs: 0 },
  { type: 'playback_started', responseId: 'r', atMs },
  { type: 'playback_stopped', responseId: 'response-1' },
  { type: 'playback_cleared', responseId: 'response-1', atMs },
  { type: 'tool_requested', itemId: 'i', toolCallId: 't', name: 'book', arguments: {}, atMs },
  { type: 'tool_started', toolCallId: 'tool-1', atMs },
  { type: 'approval_closed', toolCallId: 'tool-1', allowed: false, atMs },
  { type: 'handed_off', toolCallId: 'tool-1', agent: { name: 'sam', title: 'Sam' }, tools: [] },
  { type: 'guardrail_tripped', itemId: 'item-1', rule: 'contact_details', text: 'Stopped.' },
];
const rows = [
  ...table,
  ...spoken.map((event) => ({ event, leads: { connecting: 'connecting', live: 'live' } as const })),
];

describe('reduceCall, every phase and every event', () => {
  for (const { event, leads } of rows) {
    for (const name of names) {
      const next: CallPhase['name'] | undefined = (leads as Partial<Record<string, CallPhase['name']>>)[name];
      it(`${event.type} in ${name} ${next === undefined ? 'changes nothing' : `leads to ${next}`}`, () => {
        const before = stateIn(name);
        const after = reduceCall(before, event);
        if (next === undefined) return expect(after).toBe(before);
        expect(after).not.toBe(before);
        expect(after.phase.name).toBe(next);
      });
    }
  }

  it('an error of the server changes nothing by itself', () => {
    for (const name of names) {
      const before = stateIn(name);
      expect(reduceCall(before, { type: 'server_error', code: 'invalid_value' })).toBe(before);
    }
  });

  it('events of a line that is not being replaced, or of a key that nobody may hold, change nothing', () => {
    const idle: CallEvent[] = [
      { type: 'reconnecting', reconnect },
      { type: 'line_restored', tools: [] },
      { type: 'talk_held', held: true, atMs },
    ];
    for (const name of names) {
      const before = stateIn(name);
      for (const event of idle) expect(reduceCall(before, event)).toBe(before);
    }
  });

  it('a tick that moves nothing answers the same state', () => {
    for (const name of names) {
      const quiet = { ...stateIn(name), talk: emptyTalk };
      expect(reduceCall(quiet, { type: 'tick', atMs: 99_000 })).toBe(quiet);
    }
  });
});

describe('the way in and out', () => {
  const play = (state: TrackedCall, ...events: CallEvent[]) => events.reduce(reduceCall, state);

  it('starts with an empty record and remembers the tools', () => {
    const tools = [{ name: 'book', title: 'Book it', needsApproval: true, changesData: true }];
    const live = play(
      stateIn('ended'),
      { type: 'start_requested', typed: true },
      { type: 'went_live', callId: 'c', agent: call.agent, tools, endsAtMs: 9, microphone: 'none' },
    );
    expect(live.record).toEqual([]);
    expect(live.talk.tools).toBe(tools);
    expect(live.phase).toMatchObject({ name: 'live', call: { microphone: 'none', turn: 'listening' } });
  });

  it('does not start a typed call where WebRTC is missing', () => {
    const state = { ...initialTrackedCall, phase: { name: 'unsupported', why: 'no_webrtc' } as const };
    expect(reduceCall(state, { type: 'start_requested', typed: true })).toBe(state);
  });

  it('keeps the record at the end, closing what is open', () => {
    const ending = play(stateIn('live'), { type: 'call_ending', reason: 'user' });
    expect(ending.record).toMatchObject([
      { id: 'item-1', state: 'interrupted', spokenChars: 2 },
      { id: 'tool-1', state: 'running' },
    ]);
    const ended = play(ending, { type: 'call_ended', reason: 'replaced', receipt });
    expect(ended.phase).toEqual({ name: 'ended', reason: 'replaced', receipt });
    expect(ended.record).toMatchObject([{ state: 'interrupted' }, { state: 'failed' }]);
  });

  it('removes lines without words at the end and closes half-heard ones', () => {
    const heard = play(
      stateIn('live'),
      { type: 'user_speech_started', itemId: 'silent' },
      { type: 'user_words', itemId: 'half', delta: 'Is it' },
      { type: 'call_ending', reason: 'user' },
    );
    expect(heard.record.map(({ id }) => id)).toEqual(['item-1', 'tool-1', 'half']);
    expect(heard.record.at(-1)).toMatchObject({ state: 'done', text: 'Is it' });
  });

  it('says when the microphone is gone, once, and typing goes on', () => {
    const lost = play(stateIn('live'), { type: 'microphone_lost' });
    expect(lost.phase).toMatchObject({ call: { microphone: 'none' } });
    expect(lost.record.at(-1)).toMatchObject({ kind: 'note' });
    expect(play(lost, { type: 'microphone_lost' })).toBe(lost);
    expect(play(lost, { type: 'mute_changed', muted: false })).toBe(lost);
  });

  it('clears the hint when the person unmutes', () => {
    const hinted = play(
      stateIn('live'),
      { type: 'mute_changed', muted: true },
      { type: 'hint_changed', hint: 'muted_speech' },
      { type: 'mute_changed', muted: false },
    );
    expect(hinted.phase).toMatchObject({ call: { microphone: 'on', hint: null } });
  });

  it('takes an approval off the screen only when it is the one answered', () => {
    const asked = play(stateIn('live'), { type: 'approval_requested', approval });
    expect(asked.phase).toMatchObject({ call: { approval } });
    const other = play(asked, { type: 'approval_closed', toolCallId: 'other', allowed: true, atMs });
    expect(other.phase).toMatchObject({ call: { approval } });
    const denied = play(asked, { type: 'approval_closed', toolCallId: 'tool-1', allowed: false, atMs });
    expect(denied.phase).toMatchObject({ call: { approval: null } });
    expect(denied.record.at(-1)).toMatchObject({ state: 'denied', finishedAtMs: atMs });
  });

  it('closes what is open when the line drops, and goes on when there is another', () => {
    const dropped = play(
      stateIn('live'),
      { type: 'approval_requested', approval },
      { type: 'line_dropped', reconnect },
    );
    expect(dropped.phase).toMatchObject({
      call: { link: 'reconnecting', reconnect, approval: null, turn: 'listening' },
    });
    expect(dropped.record).toMatchObject([
      { id: 'item-1', state: 'interrupted', spokenChars: 2 },
      { id: 'tool-1', state: 'denied' },
      { kind: 'note' },
    ]);
    expect(play(dropped, { type: 'line_dropped', reconnect })).toBe(dropped);
    expect(play(dropped, { type: 'link_changed', link: 'weak' })).toBe(dropped);
    const next = { attempt: 2, maxAttempts: 3, retryAtMs: null };
    const tried = play(dropped, { type: 'reconnecting', reconnect: next });
    expect(tried.phase).toMatchObject({ call: { link: 'reconnecting', reconnect: next } });
    const tools = [{ name: 'book', title: 'Book it', needsApproval: true, changesData: true }];
    const restored = play(tried, { type: 'line_restored', tools });
    expect(restored.phase).toMatchObject({ call: { link: 'good', reconnect: null } });
    expect(restored.talk.tools).toBe(tools);
    expect(restored.record.filter(({ kind }) => kind === 'note')).toHaveLength(2);
  });

  it('keeps mute across a drop', () => {
    const muted = play(
      stateIn('live'),
      { type: 'mute_changed', muted: true },
      { type: 'line_dropped', reconnect },
    );
    expect(muted.phase).toMatchObject({ call: { microphone: 'muted' } });
    const back = play(muted, { type: 'line_restored', tools: [] });
    expect(back.phase).toMatchObject({ call: { microphone: 'muted' } });
  });

  it('knows who speaks by the key in push-to-talk, and has no mute then', () => {
    const released = play(
      stateIn('live'),
      { type: 'playback_stopped', responseId: 'response-1' },
      { type: 'tool_finished', toolCallId: 'tool-1', reply: { ok: true, summary: '', data: 1 }, atMs },
      { type: 'talk_mode_changed', pushToTalk: true },
    );
    expect(released.phase).toMatchObject({ call: { microphone: 'released' } });
    expect(play(released, { type: 'mute_changed', muted: true })).toBe(released);
    const held = play(released, { type: 'talk_held', held: true, atMs });
    expect(held.phase).toMatchObject({ call: { microphone: 'held', turn: 'user_speaking' } });
    const letGo = play(held, { type: 'talk_held', held: false, atMs });
    expect(letGo.phase).toMatchObject({ call: { microphone: 'released', turn: 'thinking' } });
    const open = play(letGo, { type: 'talk_mode_changed', pushToTalk: false });
    expect(open.phase).toMatchObject({ call: { microphone: 'on' } });
  });

  it('hands off to another agent, who speaks from then on', () => {
    const sam = { name: 'sam', title: 'Sam' };
    const handed = play(
      { ...stateIn('live'), talk: { ...stateIn('live').talk, speaker: 'Robin' } },
      { type: 'handed_off', toolCallId: 'tool-1', agent: sam, tools: [] },
      { type: 'agent_words', responseId: 'r2', itemId: 'i2', delta: 'Hello', aloud: true },
    );
    expect(handed.phase).toMatchObject({ call: { agent: sam } });
    expect(handed.record.slice(-2)).toMatchObject([
      { kind: 'handoff', from: 'Robin', to: 'Sam' },
      { kind: 'agent', speaker: 'Sam' },
    ]);
    const again = play(handed, { type: 'handed_off', toolCallId: 'tool-1', agent: sam, tools: [] });
    expect(again.record).toBe(handed.record);
  });

  it('shows a guardrail once, behind the words that broke it', () => {
    const tripped = { type: 'guardrail_tripped', itemId: 'item-1', rule: 'r', text: 'Stopped.' } as const;
    const shown = play(stateIn('live'), tripped, tripped);
    expect(shown.record.map(({ kind }) => kind)).toEqual(['agent', 'guardrail', 'tool']);
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
