import { expect, test } from 'vitest';
import { CallHarness, listening } from '../../testing/call-harness.ts';

const closing = [
  'response.output_audio.done',
  'response.output_audio_transcript.done',
  'response.content_part.done',
  'conversation.item.done',
  'response.output_item.done',
  'response.done',
];

test('barge-in while generating cancels, clears and truncates, in this order', async () => {
  const call = new CallHarness({ policy: listening() });
  call.mind.say('I can tell you a great many things about that.');
  call.type('Tell me.');
  await call.next('output_audio_buffer.started');
  call.playout.playedMs = 200;
  const from = call.events.length;
  call.speechInput.start();

  expect(call.order(from)).toEqual([
    'input_audio_buffer.speech_started',
    ...closing,
    'rate_limits.updated',
    'output_audio_buffer.cleared',
    'conversation.item.truncated',
  ]);
  const { response } = await call.next('response.done');
  expect(response).toMatchObject({
    status: 'cancelled',
    status_details: { type: 'cancelled', reason: 'turn_detected' },
    output: [{ status: 'incomplete' }],
  });
  expect(response.usage?.total_tokens).toBeGreaterThan(0);
  expect((await call.next('conversation.item.truncated')).audio_end_ms).toBe(200);
  call.end();
});

test('barge-in while only playing clears and truncates what was not heard', async () => {
  const call = new CallHarness({ policy: listening() });
  call.mind.say('Ten and eleven are free on Friday, and noon on Saturday.');
  call.type('What is free?');
  const { response } = await call.next('response.done');
  await call.next('rate_limits.updated');
  call.playout.playedMs = 1_000;
  const from = call.events.length;
  call.speechInput.start();
  expect(call.order(from)).toEqual([
    'input_audio_buffer.speech_started',
    'output_audio_buffer.cleared',
    'conversation.item.truncated',
  ]);
  expect((await call.next('output_audio_buffer.cleared')).response_id).toBe(response.id);

  const { item_id } = await call.next('conversation.item.truncated');
  call.send({ type: 'conversation.item.retrieve', item_id });
  const { item } = await call.next('conversation.item.retrieved');
  expect(item).toMatchObject({ content: [{ type: 'output_audio', transcript: 'Ten and eleven' }] });
  call.end();
});

test('barge-in before a word was heard: both sentences of the user count as one', async () => {
  const call = new CallHarness({ policy: listening() });
  call.speechInput.say('book a tune-up');
  await call.next('response.created');
  call.speechInput.say('on friday');
  await call.next('response.done');
  await call.next('response.done');
  expect(call.mind.inputs.at(-1)?.said).toEqual(['book a tune-up', 'on friday']);
  call.end();
});

test('a question that was never heard is undone', async () => {
  const call = new CallHarness({ policy: listening() });
  call.mind.say('For which day would you like the tune-up?').say('And now?');
  call.type('Book a tune-up.');
  await call.next('response.done');
  expect(call.call.responses.memory.lastSaid).toContain('which day');
  call.playout.playedMs = 0;
  call.speechInput.start();
  expect(call.call.responses.memory.lastSaid).toBeNull();
  call.end();
});

test('interrupt_response false lets the response continue, and responds to the turn afterwards', async () => {
  const call = new CallHarness({
    policy: listening({ turn_detection: { type: 'server_vad', interrupt_response: false } }),
  });
  call.type('Tell me.');
  await call.next('output_audio_buffer.started');
  call.speechInput.say('and more');
  expect((await call.next('response.done')).response.status).toBe('completed');
  expect((await call.next('response.done')).response.status).toBe('completed');
  expect(call.mind.inputs.at(-1)?.said).toEqual(['and more']);
  call.end();
});
