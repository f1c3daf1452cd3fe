import { describe, expect, it } from 'vitest';
import type { CallEvent } from '@/lib/client/state/call-event';
import { type CallPhase, emptyTracking } from '@/lib/client/state/call-state';
import { reduceCall } from '@/lib/client/state/reduce-call';
import { RESTORED, WENT_LIVE } from '@/lib/client/testing/conversation';
import { approval, names, reconnect, refusal, stateIn } from '@/lib/client/testing/phases';
import type { ToolCallId } from '@/lib/shared/ids';

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
  { event: { type: 'microphone_question_opened' }, leads: { asking_microphone: 'asking_microphone' } },
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
    event: WENT_LIVE,
    leads: { connecting: 'live' },
  },
  { event: { type: 'call_ending', reason: 'goodbye' }, leads: { live: 'ending' } },
  {
    event: { type: 'call_ended', reason: 'goodbye', cause: null, receipt: null },
    leads: { ending: 'ended' },
  },
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
  { event: { type: 'connection_dropped', reconnect }, leads: { live: 'live' } },
  { event: { type: 'texts_unconfirmed', texts: ['Hi'] }, leads: { live: 'live' } },
  { event: { type: 'sound_changed', sound: { pushToTalk: true } }, leads: everywhere },
  { event: { type: 'microphone_lost', why: 'missing' }, leads: { live: 'live' } },
  { event: { type: 'link_changed', link: 'weak' }, leads: { live: 'live' } },
  { event: { type: 'playback_blocked', blocked: true }, leads: { live: 'live' } },
  { event: { type: 'hint_changed', hint: 'no_sound' }, leads: { live: 'live' } },
  { event: { type: 'sound_interrupted', interruption: 'sound' }, leads: { live: 'live' } },
  { event: { type: 'attempt_charged', seconds: 300 }, leads: everywhere },
  { event: { type: 'approval_requested', approval }, leads: { connecting: 'connecting', live: 'live' } },
  {
    event: {
      type: 'tool_finished',
      toolCallId: 'tool-1' as ToolCallId,
      reply: { ok: true, summary: '', data: 1 },
      atMs,
    },
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
  { type: 'user_words_failed', itemId: 'i', cause: null },
  { type: 'response_started', responseId: 'r' },
  { type: 'response_item', responseId: 'r', itemId: 'item-1' },
  { type: 'agent_words', responseId: 'r', itemId: 'i', delta: 'Hi', aloud: true },
  { type: 'agent_words_done', responseId: 'r', itemId: 'item-1', text: 'Hello there all', aloud: true },
  { type: 'response_done', responseId: 'r', status: 'failed', cause: 'outage', atMs: 0 },
  { type: 'playback_started', responseId: 'r', atMs },
  { type: 'playback_stopped', responseId: 'response-1' },
  { type: 'playback_cleared', responseId: 'response-1', atMs },
  { type: 'tool_requested', itemId: 'i', toolCallId: 't' as ToolCallId, name: 'book', arguments: {}, atMs },
  { type: 'tool_started', toolCallId: 'tool-1' as ToolCallId, atMs },
  { type: 'approval_closed', toolCallId: 'tool-1' as ToolCallId, allowed: false, atMs },
  { type: 'handed_off', toolCallId: 'tool-1' as ToolCallId, agent: { name: 'bo', title: 'Bo' }, tools: [] },
  { type: 'guardrail_tripped', itemId: 'item-1', rule: 'contact_details', text: 'Stopped.' },
];
const rows: typeof table = [
  ...table,
  ...spoken.map((event) => ({ event, leads: { connecting: 'connecting', live: 'live' } as const })),
];
const pairs = rows.flatMap(({ event, leads }) => names.map((name) => ({ event, name, next: leads[name] })));

describe('reduceCall', () => {
  it.each(rows)('$event.type leads from each of its phases to $leads', ({ event, leads }) => {
    for (const name of names.filter((phase) => leads[phase] !== undefined)) {
      const before = stateIn(name);
      const after = reduceCall(before, event);
      expect(after, name).not.toBe(before);
      expect(after.phase.name).toBe(leads[name]);
    }
  });

  it('returns the same state for every event in every phase that it does not belong to', () => {
    const strays = pairs.filter(({ next }) => next === undefined);
    expect(strays.length).toBeGreaterThan(400);
    for (const { event, name } of strays) {
      const before = stateIn(name);
      expect(reduceCall(before, event), `${event.type} in ${name}`).toBe(before);
    }
  });

  it('changes nothing at an error of the server', () => {
    for (const name of names) {
      const before = stateIn(name);
      expect(reduceCall(before, { type: 'server_error', code: 'invalid_value', cause: null })).toBe(before);
    }
  });

  it('ignores a reconnect without a dropped connection, a key outside push-to-talk and a microphone that was not lost', () => {
    const idle: CallEvent[] = [
      { type: 'microphone_found', label: 'USB', microphone: 'on' },
      { type: 'reconnecting', reconnect },
      RESTORED,
      { type: 'talk_held', held: true },
    ];
    for (const name of names) {
      const before = stateIn(name);
      for (const event of idle) expect(reduceCall(before, event)).toBe(before);
    }
  });

  it('returns the same state for a tick that moves nothing', () => {
    for (const name of names) {
      const quiet = { ...stateIn(name), tracking: emptyTracking };
      expect(reduceCall(quiet, { type: 'tick', atMs: 99_000 })).toBe(quiet);
    }
  });
});
