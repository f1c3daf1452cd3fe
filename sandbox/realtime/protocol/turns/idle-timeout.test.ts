import { afterEach, expect, test, vi } from 'vitest';
import { CallHarness, listening } from '../../testing/call-harness.ts';

afterEach(() => vi.useRealTimers());

const idle = { policy: listening({ turn_detection: { type: 'server_vad', idle_timeout_ms: 5_000 } }) };

async function answered(call: CallHarness): Promise<void> {
  call.type('Hello.');
  await call.next('response.done');
}

test('idle timeout: the clock starts when playback ends, and the agent asks', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const call = new CallHarness(idle);
  await answered(call);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(call.order()).not.toContain('input_audio_buffer.timeout_triggered');

  call.playout.drain();
  const from = call.events.length;
  await vi.advanceTimersByTimeAsync(5_000);
  await call.next('conversation.item.input_audio_transcription.completed');
  expect(call.order(from).slice(0, 8)).toEqual([
    'input_audio_buffer.timeout_triggered',
    'conversation.item.added',
    'conversation.item.done',
    'input_audio_buffer.committed',
    'conversation.item.added',
    'conversation.item.done',
    'response.created',
    'conversation.item.input_audio_transcription.completed',
  ]);
  await call.next('response.done');
  expect(call.mind.inputs.at(-1)?.idle).toBe(true);
  const [note] = call.all('conversation.item.added').slice(2);
  expect(note?.item).toMatchObject({ role: 'system' });
  call.end();
});

test('speech stops the idle clock', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const call = new CallHarness(idle);
  await answered(call);
  call.playout.drain();
  await vi.advanceTimersByTimeAsync(4_000);
  call.speechInput.start();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(call.order()).not.toContain('input_audio_buffer.timeout_triggered');
  call.end();
});
