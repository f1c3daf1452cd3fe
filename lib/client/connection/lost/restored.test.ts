import { expect, it, vi } from 'vitest';
import type { CallStore } from '@/lib/client/call/call-store';
import { stopClock } from '@/lib/client/testing/clock';
import { createStoreWithFakes, untilPhase, untilState } from '@/lib/client/testing/fake-browser';
import { ticketFor } from '@/lib/client/testing/fake-network';
import { liveCall } from '@/lib/client/testing/live-call';
import type { ToolCallId } from '@/lib/shared/ids';

stopClock();

/** Waits until a dropped connection has been replaced. */
async function restored(store: CallStore): Promise<void> {
  await vi.advanceTimersByTimeAsync(1_100);
  await untilState(store, ({ phase }) => phase.name === 'live' && phase.call.link === 'good');
}

it('greets on the next connection when the first one drops before the greeting began', async () => {
  const call = createStoreWithFakes();
  call.network.openCall = () => Response.json(ticketFor('call_n1', { greets: true }), { status: 201 });
  call.store.commands.start();
  const { phase } = await untilPhase(call.store, 'live');
  // Nothing that the user says is heard until then.
  expect(phase).toMatchObject({ call: { turn: 'thinking' } });
  call.peer().channel.drop();
  await restored(call.store);
  expect(call.peer().channel.sent.at(-1)).toMatchObject({ type: 'response.create' });
});

it('shows the agent that the server names: a handoff may have lost its reply with the connection', async () => {
  const call = await liveCall();
  const bo = { name: 'bo', title: 'Bo' };
  call.network.resume = () => Response.json(ticketFor('call_n1', { agent: bo }), { status: 201 });
  call.channel.drop();
  await restored(call.store);
  expect(call.live().agent).toEqual(bo);
  const { channel } = call.peer();
  channel.emit({
    type: 'response.output_audio_transcript.delta',
    response_id: 'resp_1',
    item_id: 'item_resp_1',
    output_index: 0,
    content_index: 0,
    delta: 'Here is Bo.',
  });
  expect(call.store.getState().transcript.at(-1)).toMatchObject({ kind: 'agent', speaker: 'Bo' });
});

it('tells the model what the user has refused: nobody is asked twice', async () => {
  const call = await liveCall();
  call.askFor('send_reminder');
  await untilState(call.store, ({ phase }) => phase.name === 'live' && phase.call.approval !== null);
  call.store.commands.answerApproval('call_1' as ToolCallId, false);
  call.channel.drop();
  await restored(call.store);
  const items = call
    .peer()
    .channel.sent.flatMap(({ type, item }) => (type === 'conversation.item.create' ? [item] : []));
  expect(items).toEqual([
    { type: 'function_call', call_id: 'call_1', name: 'send_reminder', arguments: '{}' },
    {
      type: 'function_call_output',
      call_id: 'call_1',
      output: expect.stringMatching(/did not allow it/),
    },
  ]);
});
