import { expect, test } from 'vitest';
import { CallHarness } from '../../testing/call-harness.ts';

const update = (transcription: object) => ({
  type: 'session.update',
  session: { type: 'realtime', audio: { input: { transcription } } },
});

// openai-node, `AudioTranscription`: each field names its models. That OpenAI refuses the others: Illospace#155.
test.each([
  [{ model: 'gpt-realtime-whisper', prompt: 'Place names.' }, 'prompt'],
  [{ model: 'gpt-4o-transcribe', delay: 'low' }, 'delay'],
  [{ model: 'gpt-realtime-whisper', keywords: ['derailleur'] }, 'keywords'],
  [{ model: 'whisper-1', languages: ['en', 'de'] }, 'languages'],
])('an option of another model is refused: %j', async (transcription, field) => {
  const call = new CallHarness();
  call.send(update(transcription));
  expect((await call.next('error')).error).toMatchObject({
    code: 'invalid_value',
    param: `session.audio.input.transcription.${field}`,
  });
  expect(call.call.session.audio.input.transcription).toBeNull();
  call.end();
});

test.each([
  { model: 'gpt-4o-transcribe', prompt: 'Place names.' },
  { model: 'gpt-realtime-whisper', delay: 'low', language: 'en' },
  { model: 'gpt-live-transcribe', keywords: ['derailleur'], languages: ['en'] },
])('an option of its model is taken: %j', async (transcription) => {
  const call = new CallHarness();
  call.send(update(transcription));
  await call.next('session.updated');
  expect(call.call.session.audio.input.transcription).toEqual(transcription);
  call.end();
});
