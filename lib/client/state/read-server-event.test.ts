import fc from 'fast-check';
import type { RealtimeServerEvent } from 'openai/resources/realtime/realtime';
import { describe, expect, it } from 'vitest';
import { parseArguments, readServerEvent } from '@/lib/client/state/read-server-event';

const AT = 42;
const read = (event: { type: RealtimeServerEvent['type'] } & Record<string, unknown>) =>
  readServerEvent(event, AT);

describe('readServerEvent', () => {
  it('reads a voice item, whose words come later', () => {
    const item = {
      id: 'item_1',
      type: 'message',
      role: 'user',
      status: 'completed',
      content: [{ type: 'input_audio', transcript: null }],
    };
    expect(read({ type: 'conversation.item.added', previous_item_id: 'item_0', item })).toEqual({
      type: 'item_added',
      itemId: 'item_1',
      previousItemId: 'item_0',
      role: 'user',
      text: null,
      typed: false,
      toolCallId: null,
      atMs: AT,
    });
  });

  it('reads a typed item, an agent’s item in progress and a function call', () => {
    const typed = {
      id: 'i',
      type: 'message',
      role: 'user',
      status: 'completed',
      content: [{ type: 'input_text', text: 'Hi' }],
    };
    expect(read({ type: 'conversation.item.added', previous_item_id: null, item: typed })).toMatchObject({
      role: 'user',
      text: 'Hi',
      typed: true,
      previousItemId: null,
    });
    const agent = { id: 'i', type: 'message', role: 'assistant', status: 'in_progress', content: [] };
    expect(read({ type: 'conversation.item.added', item: agent })).toMatchObject({
      role: 'agent',
      text: null,
      previousItemId: null,
    });
    const call = { id: 'i', type: 'function_call', call_id: 'call_1', name: 'x', arguments: '' };
    expect(read({ type: 'conversation.item.added', item: call })).toMatchObject({
      role: 'other',
      toolCallId: 'call_1',
    });
  });

  it('requests a tool only when its call is complete', () => {
    const item = {
      id: 'i',
      type: 'function_call',
      call_id: 'call_1',
      name: 'look_it_up',
      arguments: '{"day":"Friday"}',
      status: 'completed',
    };
    expect(read({ type: 'response.output_item.done', response_id: 'r', item })).toEqual({
      type: 'tool_requested',
      itemId: 'i',
      toolCallId: 'call_1',
      name: 'look_it_up',
      arguments: { day: 'Friday' },
      atMs: AT,
    });
    const cut = { ...item, status: 'incomplete' };
    expect(read({ type: 'response.output_item.done', response_id: 'r', item: cut })).toBeNull();
  });

  it.each([
    [
      { type: 'conversation.item.deleted', item_id: 'i' },
      { type: 'item_deleted', itemId: 'i' },
    ],
    [
      { type: 'conversation.item.truncated', item_id: 'i', content_index: 0, audio_end_ms: 900 },
      { type: 'item_truncated', itemId: 'i', audioEndMs: 900 },
    ],
    [
      { type: 'input_audio_buffer.speech_started', item_id: 'i', audio_start_ms: 1 },
      { type: 'user_speech_started', itemId: 'i' },
    ],
    [
      { type: 'input_audio_buffer.speech_stopped', item_id: 'i', audio_end_ms: 1 },
      { type: 'user_speech_stopped', itemId: 'i', atMs: AT },
    ],
    [
      { type: 'input_audio_buffer.committed', item_id: 'i', previous_item_id: 'root' },
      { type: 'user_speech_committed', itemId: 'i', previousItemId: null, atMs: AT },
    ],
    [
      { type: 'conversation.item.input_audio_transcription.delta', item_id: 'i', delta: 'Hel' },
      { type: 'user_words', itemId: 'i', delta: 'Hel' },
    ],
    [
      { type: 'conversation.item.input_audio_transcription.completed', item_id: 'i', transcript: 'Hello' },
      { type: 'user_words_done', itemId: 'i', text: 'Hello' },
    ],
    [
      { type: 'conversation.item.input_audio_transcription.failed', item_id: 'i', error: {} },
      { type: 'user_words_failed', itemId: 'i', cause: null },
    ],
    [
      { type: 'response.created', response: { id: 'r' } },
      { type: 'response_started', responseId: 'r' },
    ],
    [
      { type: 'response.output_item.added', response_id: 'r', item: { id: 'i', type: 'message' } },
      { type: 'response_item', responseId: 'r', itemId: 'i' },
    ],
    [
      { type: 'response.output_audio_transcript.delta', response_id: 'r', item_id: 'i', delta: 'a' },
      { type: 'agent_words', responseId: 'r', itemId: 'i', delta: 'a', aloud: true },
    ],
    [
      { type: 'response.output_text.delta', response_id: 'r', item_id: 'i', delta: 'a' },
      { type: 'agent_words', responseId: 'r', itemId: 'i', delta: 'a', aloud: false },
    ],
    [
      { type: 'response.output_audio_transcript.done', response_id: 'r', item_id: 'i', transcript: 'ab' },
      { type: 'agent_words_done', responseId: 'r', itemId: 'i', text: 'ab', aloud: true },
    ],
    [
      { type: 'response.output_text.done', response_id: 'r', item_id: 'i', text: 'ab' },
      { type: 'agent_words_done', responseId: 'r', itemId: 'i', text: 'ab', aloud: false },
    ],
    [
      { type: 'response.done', response: { id: 'r', status: 'cancelled' } },
      { type: 'response_done', responseId: 'r', status: 'cancelled', atMs: AT },
    ],
    [
      {
        type: 'response.done',
        response: { id: 'r', status: 'failed', status_details: { error: { code: 'insufficient_quota' } } },
      },
      { type: 'response_done', responseId: 'r', status: 'failed', cause: 'no_credit', atMs: AT },
    ],
    [
      { type: 'response.done', response: { id: 'r', status: 'failed' } },
      { type: 'response_done', responseId: 'r', status: 'failed', cause: 'outage', atMs: AT },
    ],
    [
      {
        type: 'response.done',
        response: { id: 'r', status: 'incomplete', status_details: { reason: 'content_filter' } },
      },
      { type: 'response_done', responseId: 'r', status: 'incomplete', isFiltered: true, atMs: AT },
    ],
    [
      { type: 'output_audio_buffer.started', response_id: 'r' },
      { type: 'playback_started', responseId: 'r', atMs: AT },
    ],
    [
      { type: 'output_audio_buffer.stopped', response_id: 'r' },
      { type: 'playback_stopped', responseId: 'r' },
    ],
    [
      { type: 'output_audio_buffer.cleared', response_id: 'r' },
      { type: 'playback_cleared', responseId: 'r', atMs: AT },
    ],
    [
      { type: 'error', error: { code: 'session_expired' } },
      { type: 'server_error', code: 'session_expired', cause: null },
    ],
  ] as const)('translates %o', (raw, expected) => {
    expect(read(raw)).toEqual(expected);
  });

  it('returns null for unknown events and for those without an id', () => {
    expect(readServerEvent({ type: 'rate_limits.updated', rate_limits: [] }, AT)).toBeNull();
    expect(readServerEvent({ type: 'input_audio_buffer.speech_started' }, AT)).toBeNull();
    expect(readServerEvent({ type: 'response.created', response: 7 }, AT)).toBeNull();
    expect(readServerEvent(null, AT)).toBeNull();
  });

  it('never throws, whatever arrives', () => {
    const types = fc.constantFrom(
      'conversation.item.added',
      'response.output_item.added',
      'response.output_item.done',
      'response.done',
      'response.created',
      'error',
      'conversation.item.truncated',
    );
    const event = fc.record({
      type: types,
      item: fc.anything(),
      response: fc.anything(),
      error: fc.anything(),
    });
    fc.assert(fc.property(fc.oneof(event, fc.anything()), (raw) => void readServerEvent(raw, AT)));
  });
});

it.each([
  ['{"a":1}', { a: 1 }],
  ['', {}],
  ['[1]', null],
  ['null', null],
  ['{"a":', null],
])('parseArguments(%j) is %j', (json, expected) => {
  expect(parseArguments(json)).toEqual(expected);
});
