import { expect, it, vi } from 'vitest';
import { stopClock } from '@/lib/client/testing/clock';
import { untilPhase } from '@/lib/client/testing/fake-browser';
import { liveCall } from '@/lib/client/testing/live-call';

stopClock();

it('shows the way into a call, its requests and events, and nothing secret', async () => {
  const { store, channel } = await liveCall();
  store.commands.sendText('My secret is strawberry');
  await vi.waitFor(() => expect(store.inspect.getState().requests).toHaveLength(3));
  channel.emit({ type: 'response.output_text.delta', delta: 'strawberry', item_id: 'i', response_id: 'r' });
  const { steps, connectMs, requests, events } = store.inspect.getState();
  expect(steps.map(({ name }) => name).toSorted()).toEqual(
    ['answer', 'channel', 'microphone', 'offer', 'sdk', 'ticket'].toSorted(),
  );
  expect(connectMs).toBeGreaterThanOrEqual(0);
  expect(requests).toMatchObject([
    { method: 'POST', path: '/api/voice/session', status: 201, code: null },
    { method: 'POST', path: '/v1/realtime/calls', status: 201, code: null },
    { method: 'POST', path: '/api/voice/calls/call_n1/connected', status: 204 },
  ]);
  expect(events).toContainEqual(
    expect.objectContaining({ from: 'client', type: 'conversation.item.create' }),
  );
  expect(events).toContainEqual(expect.objectContaining({ from: 'server', type: 'session.created' }));
  expect(JSON.stringify(store.inspect.getState())).not.toMatch(/strawberry|ek_test|v=0/);
});

it('knows when the user was last heard, which the provider says only later', async () => {
  const { store, channel, sound } = await liveCall();
  sound.amplitude = 0.2;
  await vi.advanceTimersByTimeAsync(500);
  sound.amplitude = 0;
  await vi.advanceTimersByTimeAsync(700);
  channel.emit({ type: 'input_audio_buffer.speech_stopped', audio_end_ms: 1_200, item_id: 'i' });
  await vi.advanceTimersByTimeAsync(400);
  channel.emit({ type: 'output_audio_buffer.started', response_id: 'r' });
  expect(store.inspect.getState().turns).toMatchObject([
    { wait: { finishingMs: 700, thinkingMs: 400, toolMs: 0, soundMs: 0 } },
  ]);
});

it('stays after the end, and begins anew with the next call', async () => {
  const { store } = await liveCall();
  store.commands.end();
  await vi.waitFor(() => expect(store.getState().phase.name).toBe('ended'));
  expect(store.inspect.getState().events.length).toBeGreaterThan(0);
  store.commands.start();
  await untilPhase(store, 'live');
  const opened = store.inspect.getState().requests.filter(({ path }) => path.endsWith('/session'));
  expect(opened).toHaveLength(1);
});
