import { expect, test } from 'vitest';
import { parseClientEvent } from '../client-event.ts';
import { SessionPolicy } from '../policy/policy.ts';
import { ApiError } from './api-error.ts';
import { fromZodIssue } from './zod-refusal.ts';

const updating = (session: object) => {
  const raw = { type: 'realtime', ...session };
  const { error } = SessionPolicy.safeParse(raw);
  return fromZodIssue(error?.issues ?? [], raw, 'session').fields;
};

// The sentences are OpenAI's, as clients and issues quote them: openai-go#502 (type), openai-agents-js and others
// (modalities), reports of max_output_tokens (bounds).
test.each([
  [
    { audio: { input: { format: 'pcm16' } } },
    'invalid_type',
    "Invalid type for 'session.audio.input.format': expected an object, but got a string instead.",
  ],
  [
    { instructions: 5 },
    'invalid_type',
    "Invalid type for 'session.instructions': expected a string, but got a number instead.",
  ],
  [
    { output_modalities: ['audio', 'text'] },
    'invalid_value',
    "Invalid modalities: ['audio', 'text']. Supported combinations are: ['text'] and ['audio'].",
  ],
  [
    { audio: { output: { speed: 2 } } },
    'decimal_above_max_value',
    "Invalid 'session.audio.output.speed': decimal above maximum value. Expected a value <= 1.5, but got 2 instead.",
  ],
  [
    { audio: { input: { turn_detection: { type: 'server_vad', silence_duration_ms: -1 } } } },
    'integer_below_min_value',
    "Invalid 'session.audio.input.turn_detection.silence_duration_ms': integer below minimum value. Expected a value >= 0, but got -1 instead.",
  ],
  [
    { tools: [{ type: 'function', name: 'find slots' }] },
    'invalid_value',
    "Invalid 'session.tools[0].name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.",
  ],
])('a refusal has OpenAI’s words: %j', (session, code, message) => {
  expect(updating(session)).toMatchObject({ code, message, type: 'invalid_request_error' });
});

function refusal(event: object): ApiError['fields'] {
  try {
    parseClientEvent(event);
  } catch (error) {
    if (error instanceof ApiError) return error.fields;
  }
  throw new Error('The event was accepted.');
}

test('sound that is not base64 is refused, and is not repeated in the refusal', () => {
  const append = { type: 'input_audio_buffer.append', audio: `${'A'.repeat(10_000)}!` };
  expect(refusal(append)).toEqual({
    type: 'invalid_request_error',
    code: 'invalid_value',
    param: 'audio',
    message:
      "Invalid 'audio'. Expected base64-encoded audio bytes (mono PCM16 at 24kHz) but got an invalid value.",
  });
});

test('an unknown event is refused with those that exist', () => {
  const { code, param, message } = refusal({ type: 'transcription_session.update', session: {} });
  expect({ code, param }).toEqual({ code: 'invalid_value', param: 'type' });
  expect(message).toMatch(
    /^Invalid value: 'transcription_session.update'. Supported values are: 'session.update', /,
  );
});

test('a response has at most 16 pairs of metadata', () => {
  const metadata = Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`key_${index}`, 'x']));
  expect(refusal({ type: 'response.create', response: { metadata } })).toMatchObject({
    code: 'object_above_max_properties',
    param: 'response.metadata',
    message:
      "Invalid 'response.metadata': too many properties. Expected an object with at most 16 properties, but got an object with 17 properties instead.",
  });
});
