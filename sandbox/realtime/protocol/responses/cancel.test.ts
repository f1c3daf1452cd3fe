import { expect, test } from 'vitest';
import { CallHarness, listening } from '../../testing/call-harness.ts';

test('the stop button: response.cancel, then output_audio_buffer.clear', async () => {
  const call = new CallHarness({ policy: listening() });
  call.mind.say('This will take a while to say in full.');
  call.type('Go.');
  await call.next('output_audio_buffer.started');
  call.playout.playedMs = 200;
  const from = call.events.length;
  call.send({ type: 'response.cancel' });
  call.send({ type: 'output_audio_buffer.clear' });
  const { response } = await call.next('response.done');
  expect(response.status_details).toEqual({ type: 'cancelled', reason: 'client_cancelled' });
  await call.next('output_audio_buffer.cleared');
  await call.next('conversation.item.truncated');
  expect(call.order(from)).toEqual([
    'response.output_audio.done',
    'response.output_audio_transcript.done',
    'response.content_part.done',
    'conversation.item.done',
    'response.output_item.done',
    'response.done',
    'rate_limits.updated',
    'output_audio_buffer.cleared',
    'conversation.item.truncated',
  ]);
  expect(response.usage?.total_tokens).toBeGreaterThan(0);
  call.end();
});

test('response.cancel alone stops writing; what was written is still spoken', async () => {
  const call = new CallHarness();
  call.mind.say('This will take a while to say in full.');
  call.type('Go.');
  await call.next('output_audio_buffer.started');
  call.send({ type: 'response.cancel' });
  await call.next('response.done');
  call.playout.drain();
  await call.next('output_audio_buffer.stopped');
  call.end();
});

test('response.cancel with nothing running is response_cancel_not_active', async () => {
  const call = new CallHarness();
  call.send({ type: 'response.cancel', event_id: 'stop_1' });
  const { error } = await call.next('error');
  expect(error).toMatchObject({ code: 'response_cancel_not_active', event_id: 'stop_1' });
  call.end();
});

test('clearing when nothing plays is silent', () => {
  const call = new CallHarness();
  call.send({ type: 'output_audio_buffer.clear' });
  expect(call.order()).toEqual([]);
  call.end();
});

test('a response that waits for its first output can be cancelled at once', async () => {
  const call = new CallHarness({ troubles: { waitMs: () => 60_000 } });
  call.type('Go.');
  await call.next('response.created');
  call.send({ type: 'response.cancel' });
  expect((await call.next('response.done')).response).toMatchObject({ status: 'cancelled', output: [] });
  expect(call.mind.inputs).toEqual([]);
  call.end();
});

test('a response waits as long as ordered', async () => {
  const call = new CallHarness({ troubles: { waitMs: () => 120 } });
  const before = performance.now();
  call.type('Go.');
  await call.next('response.output_item.added');
  expect(performance.now() - before).toBeGreaterThanOrEqual(115);
  call.end();
});
