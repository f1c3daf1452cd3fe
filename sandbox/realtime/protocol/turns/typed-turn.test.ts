import { expect, test, vi } from 'vitest';
import { CallHarness } from '../../testing/call-harness.ts';

test('a typed turn has the recorded order', async () => {
  const call = new CallHarness();
  call.mind.say('We are open until six.');
  call.type('When do you close?');
  await call.next('response.done');
  call.playout.drain();

  expect(call.order()).toEqual([
    'conversation.item.added',
    'conversation.item.done',
    'response.created',
    'response.output_item.added',
    'conversation.item.added',
    'response.content_part.added',
    'response.output_audio_transcript.delta*',
    'output_audio_buffer.started',
    'response.output_audio_transcript.delta*',
    'response.output_audio.done',
    'response.output_audio_transcript.done',
    'response.content_part.done',
    'conversation.item.done',
    'response.output_item.done',
    'response.done',
    'rate_limits.updated',
    'output_audio_buffer.stopped',
  ]);
  const deltas = call.all('response.output_audio_transcript.delta').map(({ delta }) => delta);
  expect(deltas.join('')).toBe('We are open until six.');
  call.end();
});

test('response.created is empty and in progress, response.done is whole and carries usage', async () => {
  const call = new CallHarness();
  call.mind.say('Yes.');
  call.type('Are you there?');
  const created = await call.next('response.created');
  expect(created.response).toMatchObject({
    object: 'realtime.response',
    status: 'in_progress',
    output: [],
    usage: null,
  });
  const { response } = await call.next('response.done');
  expect(response).toMatchObject({
    id: created.response.id,
    status: 'completed',
    output_modalities: ['audio'],
  });
  expect(response.output).toMatchObject([
    {
      type: 'message',
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_audio', transcript: 'Yes.' }],
    },
  ]);
  expect(response.usage?.output_token_details?.audio_tokens).toBe(300 / 50);
  call.end();
});

test('generation ends long before speech does', async () => {
  const call = new CallHarness();
  call.mind.say('One two three four five six.').say('Seven.');
  call.type('Count.');
  await call.next('response.done');
  expect(call.order()).not.toContain('output_audio_buffer.stopped');
  call.type('Go on.');
  await call.next('response.done');
  call.playout.drain();
  expect(call.all('output_audio_buffer.stopped')).toHaveLength(2);
  call.end();
});

test('text modality has text parts and no audio at all', async () => {
  const call = new CallHarness({ policy: { output_modalities: ['text'] } });
  call.mind.say('Only text.');
  call.type('Write.');
  await call.next('response.done');
  expect(call.order().slice(2)).toEqual([
    'response.created',
    'response.output_item.added',
    'conversation.item.added',
    'response.content_part.added',
    'response.output_text.delta*',
    'response.output_text.done',
    'response.content_part.done',
    'conversation.item.done',
    'response.output_item.done',
    'response.done',
    'rate_limits.updated',
  ]);
  expect(call.media.speech.spoken).toEqual([]);
  call.end();
});

test('a second response.create while one is active is refused and names the running one', async () => {
  const call = new CallHarness();
  call.type('First.');
  const { response } = await call.next('response.created');
  call.send({ type: 'response.create', event_id: 'mine' });
  const { error } = await call.next('error');
  expect(error).toMatchObject({ code: 'conversation_already_has_active_response', event_id: 'mine' });
  expect(error.message).toContain(response.id);
  await call.next('response.done');
  call.end();
});

test('an out-of-band response leaves the conversation unchanged and runs beside another', async () => {
  const call = new CallHarness({ policy: { output_modalities: ['text'] } });
  call.mind.say('Inside.').say('Outside.');
  call.type('Hello.');
  call.send({
    type: 'response.create',
    response: {
      conversation: 'none',
      metadata: { topic: 'title' },
      input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Name this.' }] }],
    },
  });
  await call.next('response.done');
  const { response } = await call.next('response.done');
  expect(response).toMatchObject({ conversation_id: null, metadata: { topic: 'title' } });
  expect(call.mind.inputs.map(({ said }) => said)).toEqual([['Hello.'], ['Name this.']]);
  expect(call.all('conversation.item.added')).toHaveLength(2);
  call.end();
});

test('max_output_tokens cuts the response and reports it', async () => {
  const call = new CallHarness();
  call.mind.say('This answer is much longer than four tokens allow.');
  call.send({ type: 'response.create', response: { max_output_tokens: 4 } });
  const { response } = await call.next('response.done');
  expect(response).toMatchObject({
    status: 'incomplete',
    status_details: { type: 'incomplete', reason: 'max_output_tokens' },
  });
  call.end();
});

test('an ordered failure ends the response as failed, and the call continues', async () => {
  const call = new CallHarness({ responseFault: { code: 'rate_limit_exceeded', message: 'Slow down.' } });
  call.type('Hello.');
  const { response } = await call.next('response.done');
  expect(response).toMatchObject({
    status: 'failed',
    status_details: { type: 'failed', error: { code: 'rate_limit_exceeded', message: 'Slow down.' } },
  });
  call.type('Again.');
  expect((await call.next('response.done')).response.status).toBe('completed');
  call.end();
});

test('an error in the mind fails the response, not the call', async () => {
  const fault = vi.spyOn(console, 'error').mockImplementation(() => {});
  const call = new CallHarness();
  vi.spyOn(call.mind, 'think').mockImplementationOnce(() => {
    throw new Error('A bug.');
  });
  call.type('Hello.');
  const { response } = await call.next('response.done');
  expect(response.status_details?.error?.code).toBe('server_error');
  expect(fault).toHaveBeenCalledOnce();
  call.type('Hello again.');
  expect((await call.next('response.done')).response.status).toBe('completed');
  call.end();
  fault.mockRestore();
});
