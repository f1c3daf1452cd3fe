import { describe, expect, it, vi } from 'vitest';
import { stopClock } from '@/lib/client/testing/clock';
import { liveCall } from '@/lib/client/testing/live-call';

stopClock();

/** A response that ends before it has words. */
function endWithoutWords(
  channel: Awaited<ReturnType<typeof liveCall>>['channel'],
  status: 'completed' | 'cancelled',
): void {
  channel.emit({
    type: 'response.created',
    response: { id: 'resp_2', object: 'realtime.response', output: [] },
  });
  channel.emit({ type: 'response.done', response: { id: 'resp_2', status, output: [] } });
}

describe('goodbye', () => {
  it('ends the call when the farewell was heard', async () => {
    const { store, channel, live, askFor, output, say } = await liveCall();
    askFor('end_call');
    await output();
    say('resp_2', 'Goodbye, ride safely.');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(live().turn).toBe('agent_speaking');
    channel.emit({ type: 'output_audio_buffer.stopped', response_id: 'resp_2' });
    expect(store.getState().phase).toMatchObject({ name: 'ending', reason: 'goodbye' });
    expect(store.getState().transcript.at(-1)).toMatchObject({ state: 'done' });
  });

  it('ends the call after a response without words, once what was said before has been played', async () => {
    const { store, channel, live, askFor, output, say } = await liveCall();
    say('resp_0', 'Goodbye!');
    askFor('end_call');
    await output();
    endWithoutWords(channel, 'completed');
    expect(live().turn).toBe('agent_speaking');
    channel.emit({ type: 'output_audio_buffer.stopped', response_id: 'resp_0' });
    expect(store.getState().phase).toMatchObject({ reason: 'goodbye' });
  });

  it('keeps the call of a user who speaks over it, and ends it with the next farewell', async () => {
    const { store, channel, sent, askFor, output, say } = await liveCall();
    askFor('end_call');
    await output();
    say('resp_2', 'Goodbye, ride safely.');
    channel.emit({ type: 'input_audio_buffer.speech_started', audio_start_ms: 900, item_id: 'item_wait' });
    channel.emit({ type: 'output_audio_buffer.cleared', response_id: 'resp_2' });
    await vi.advanceTimersByTimeAsync(9_000);
    say('resp_3', 'Of course. What else?');
    channel.emit({ type: 'output_audio_buffer.stopped', response_id: 'resp_3' });
    expect(store.getState().phase.name).toBe('live');
    askFor('end_call', '{}', 'call_2');
    await vi.waitFor(() => expect(sent('conversation.item.create')).toHaveLength(2));
    say('resp_4', 'Goodbye then.');
    channel.emit({ type: 'output_audio_buffer.stopped', response_id: 'resp_4' });
    expect(store.getState().phase).toMatchObject({ reason: 'goodbye' });
  });

  it('keeps the call of a user who speaks before the farewell is heard', async () => {
    const { store, channel, askFor, output } = await liveCall();
    askFor('end_call');
    await output();
    endWithoutWords(channel, 'cancelled');
    await vi.advanceTimersByTimeAsync(9_000);
    expect(store.getState().phase.name).toBe('live');
  });

  it('keeps the call of a user who speaks while the tool runs', async () => {
    const { store, channel, askFor, output, say } = await liveCall();
    askFor('end_call');
    channel.emit({ type: 'input_audio_buffer.speech_started', audio_start_ms: 900, item_id: 'item_wait' });
    await output();
    say('resp_2', 'Of course. What else?');
    channel.emit({ type: 'output_audio_buffer.stopped', response_id: 'resp_2' });
    await vi.advanceTimersByTimeAsync(9_000);
    expect(store.getState().phase.name).toBe('live');
  });

  it('waits 8 s at most', async () => {
    const { store, askFor, output } = await liveCall();
    askFor('end_call');
    await output();
    await vi.advanceTimersByTimeAsync(7_900);
    expect(store.getState().phase.name).toBe('live');
    await vi.advanceTimersByTimeAsync(100);
    expect(store.getState().phase).toMatchObject({ reason: 'goodbye' });
  });
});
