import type { RealtimeServerEvent } from 'openai/resources/realtime/realtime';
import { expect, test } from 'vitest';
import { newId } from '../protocol/events/ids.ts';
import { assertAsRecorded } from './recorded-content.ts';
import { assertReadableBySdk } from './sdk-schema.ts';

const added = (item: object) =>
  ({
    type: 'conversation.item.added',
    event_id: newId('event'),
    previous_item_id: null,
    item,
  }) as RealtimeServerEvent;
const message = (role: string, part: object) =>
  added({ id: 'item_1', type: 'message', role, status: 'completed', content: [part] });

test('the SDK’s schema refuses an event without its fields, and a type that OpenAI does not send', () => {
  const started = { type: 'input_audio_buffer.speech_started', event_id: 'event_1', audio_start_ms: 1 };
  expect(() => assertReadableBySdk(started)).toThrow('item_id');
  expect(() => assertReadableBySdk({ ...started, item_id: 'item_1' } as { type: string })).not.toThrow();
  expect(() => assertReadableBySdk({ type: 'response.audio.delta' })).toThrow();
});

test('content of another role, sound without a transcript key and odd ids are refused', () => {
  expect(() => assertAsRecorded(message('user', { type: 'input_audio', transcript: null }))).not.toThrow();
  expect(() => assertAsRecorded(message('user', { type: 'input_audio' }))).toThrow('transcript');
  expect(() => assertAsRecorded(message('assistant', { type: 'text', text: 'x' }))).toThrow("'text'");
  const anonymous = { ...message('user', { type: 'input_text', text: 'x' }), event_id: '' };
  expect(() => assertAsRecorded(anonymous)).toThrow('id of an event');
});
