import { expect, test } from 'vitest';
import { CallHarness, listening } from '../testing/call-harness.ts';

const MOST_ITEMS = 2_000;

test('session_expired is an error event, then the connection closes', async () => {
  const call = new CallHarness({ maxSeconds: 0.01 });
  const ended = new Promise((resolve) => call.call.onEnd(resolve));
  const { error } = await call.next('error');
  expect(error).toMatchObject({ code: 'session_expired', event_id: null });
  expect(call.peer.closed).toBe(false);
  await ended;
  expect(call.peer.closed).toBe(true);
  expect(call.call.log.closeReason).toBe('session_expired');
});

test('ending a call stops everything in it, once', async () => {
  const call = new CallHarness({ policy: listening() });
  call.mind.say('A long answer that nobody will hear to its end.');
  call.type('Hello.');
  await call.next('output_audio_buffer.started');
  call.end();
  const events = call.events.length;
  call.call.end('shutdown');
  call.type('Anyone?');
  await new Promise(setImmediate);
  expect(call.events).toHaveLength(events);
  expect(call.speechInput.closed).toBe(true);
  expect(call.call.log).toMatchObject({ closeReason: 'hangup' });
});

test('a call that ended while the user spoke drops the running recognition', async () => {
  const call = new CallHarness({ policy: listening() });
  call.media.speech.holding = true;
  call.speechInput.say('goodbye');
  call.speechInput.start();
  call.speechInput.pause('and');
  call.end();
  expect(call.media.speech.aborted.toSorted()).toEqual(['and', 'goodbye']);
  const events = call.events.length;
  call.media.speech.release();
  await new Promise(setImmediate);
  expect(call.events).toHaveLength(events);
});

test('a turn beyond the limit of the conversation is an error, and the call continues', async () => {
  const call = new CallHarness({ policy: listening() });
  const item = { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Again.' }] };
  for (let count = 0; count < MOST_ITEMS; count++) call.send({ type: 'conversation.item.create', item });
  call.speechInput.say('hello');
  expect((await call.next('error')).error.message).toContain('2000 items');
  call.send({ type: 'session.update', session: { type: 'realtime' } });
  await call.next('session.updated');
  call.end();
});
