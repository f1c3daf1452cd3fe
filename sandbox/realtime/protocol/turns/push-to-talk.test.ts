import { expect, test } from 'vitest';
import { CallHarness, listening } from '../../testing/call-harness.ts';

const manual = { policy: listening({ turn_detection: null }) };

test('push to talk: clear on press, commit and response.create on release', async () => {
  const call = new CallHarness(manual);
  call.send({ type: 'input_audio_buffer.clear' });
  call.speechInput.hold('what do you offer', 1_200);
  call.send({ type: 'input_audio_buffer.commit' });
  call.send({ type: 'response.create' });
  await call.next('conversation.item.input_audio_transcription.completed');
  await call.next('response.done');
  expect(call.order().slice(0, 5)).toEqual([
    'input_audio_buffer.cleared',
    'input_audio_buffer.committed',
    'conversation.item.added',
    'conversation.item.done',
    'response.created',
  ]);
  expect(call.mind.inputs[0]?.said).toEqual(['what do you offer']);
  call.end();
});

test('with turn detection off, speech starts and ends no turn', () => {
  const call = new CallHarness(manual);
  call.speechInput.say('hello');
  expect(call.order()).toEqual([]);
  call.end();
});

test('a commit of less than 100 ms is input_audio_buffer_commit_empty', async () => {
  const call = new CallHarness(manual);
  call.speechInput.hold('a', 60);
  call.send({ type: 'input_audio_buffer.commit' });
  const { error } = await call.next('error');
  expect(error.code).toBe('input_audio_buffer_commit_empty');
  expect(error.message).toContain('60.00ms');
  call.end();
});

test('appended audio counts as received', async () => {
  const call = new CallHarness(manual);
  const oneSecond = Buffer.alloc(24_000 * 2).toString('base64');
  call.send({ type: 'input_audio_buffer.append', audio: oneSecond });
  expect(call.speechInput.heardMs).toBe(1_000);
  call.send({ type: 'input_audio_buffer.commit' });
  await call.next('input_audio_buffer.committed');
  call.end();
});
