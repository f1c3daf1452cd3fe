import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { stateWhere } from '@/lib/client/browser-double.test-support';
import { entry, liveCall } from '@/lib/client/live-call.test-support';

beforeEach(
  () =>
    void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] }),
);
afterEach(() => void vi.useRealTimers());

describe('approvals', () => {
  const book = '{"service":"tune-up","day":"Friday"}';

  it('wait for the person, then run and report the change', async () => {
    const onDataChanged = vi.fn();
    const { store, network, live, askFor, output } = await liveCall({}, onDataChanged);
    askFor('book_appointment', book);
    await stateWhere(store, ({ phase }) => phase.name === 'live' && phase.call.approval !== null);
    expect(live().approval).toEqual({
      toolCallId: 'call_1',
      toolName: 'book_appointment',
      title: 'Book an appointment',
      details: [
        { label: 'Service', value: 'tune-up' },
        { label: 'Day', value: 'Friday' },
      ],
      expiresAtMs: Date.now() + 30_000,
    });
    expect(entry(store.getState().record, 'call_1')).toMatchObject({ state: 'waiting_for_approval' });
    expect(network.to('/tools/book_appointment')).toHaveLength(0);
    store.commands.answerApproval('another', true);
    expect(live().approval).not.toBeNull();
    store.commands.answerApproval('call_1', true);
    expect(live().approval).toBeNull();
    expect(JSON.parse((await output()).output)).toMatchObject({ ok: true });
    expect(onDataChanged).toHaveBeenCalledOnce();
  });

  it('tell the model of a no, and run nothing', async () => {
    const onDataChanged = vi.fn();
    const { store, network, askFor, output, sent } = await liveCall({}, onDataChanged);
    askFor('book_appointment', book);
    await stateWhere(store, ({ phase }) => phase.name === 'live' && phase.call.approval !== null);
    store.commands.answerApproval('call_1', false);
    expect((await output()).output).toContain('said no');
    expect(sent('response.create')).toHaveLength(1);
    expect(network.to('/tools/book_appointment')).toHaveLength(0);
    expect(entry(store.getState().record, 'call_1')).toMatchObject({ state: 'denied' });
    expect(onDataChanged).not.toHaveBeenCalled();
  });

  it('are a no after 30 s, and the next question follows with its own 30 s', async () => {
    const { store, live, askFor, output } = await liveCall();
    askFor('book_appointment', book, 'call_1');
    askFor('book_appointment', book, 'call_2');
    await stateWhere(store, ({ phase }) => phase.name === 'live' && phase.call.approval !== null);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(live().approval).toMatchObject({ toolCallId: 'call_2', expiresAtMs: Date.now() + 30_000 });
    expect((await output()).output).toContain('within 30 seconds');
  });
});
