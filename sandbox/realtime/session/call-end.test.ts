import { expect, test } from 'vitest';
import { CallHarness, listening } from '../testing/call-harness.ts';

test('session_expired is an error event, then the connection closes', async () => {
  const call = new CallHarness({ maxSeconds: 0.01 });
  const ended = new Promise<void>((resolve) => call.call.onEnd(resolve));
  const { error } = await call.next('error');
  expect(error).toMatchObject({ code: 'session_expired', event_id: null });
  expect(call.peer.closed).toBe(false);
  await ended;
  expect(call.peer.closed).toBe(true);
  expect(call.call.record.closeReason).toBe('session_expired');
});

test('ending a call stops what it was doing, once', async () => {
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
  expect(call.ears.closed).toBe(true);
  expect(call.call.record).toMatchObject({ closeReason: 'hangup' });
});
