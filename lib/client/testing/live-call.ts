import { expect, vi } from 'vitest';
import type { StartOptions } from '@/lib/client/call/engine-context';
import type { TranscriptEntry } from '@/lib/client/state/call-state';
import { createStoreWithFakes, untilPhase } from '@/lib/client/testing/fake-browser';
import type { WireEvent } from '@/lib/client/testing/fake-peer';

/** A call that is up, and the other end of it. */
export async function liveCall(options: StartOptions = {}, onDataChanged?: () => void) {
  const call = createStoreWithFakes(onDataChanged ? { onDataChanged } : {});
  call.store.commands.start(options);
  await untilPhase(call.store, 'live');
  const channel = call.peer().channel;
  const live = () => {
    const { phase } = call.store.getState();
    if (phase.name !== 'live') throw new Error(`The call is ${phase.name}.`);
    return phase.call;
  };
  const sent = (type: string) => channel.sent.filter((event) => event.type === type);
  /** The server asks for a tool, as it does at the end of a response. `on`: the channel of a later connection. */
  const askFor = (name: string, args = '{}', toolCallId = 'call_1', on = channel) => {
    const item = {
      id: `fc_${toolCallId}`,
      type: 'function_call',
      status: 'completed',
      name,
      call_id: toolCallId,
      arguments: args,
    };
    on.emit({
      type: 'response.created',
      response: { id: 'resp_1', object: 'realtime.response', output: [] },
    });
    on.emit({ type: 'response.output_item.done', response_id: 'resp_1', output_index: 0, item });
    on.emit({ type: 'response.done', response: { id: 'resp_1', status: 'completed', output: [item] } });
  };
  const output = async (): Promise<{ call_id: string; output: string }> => {
    const isOutput = ({ item }: WireEvent) => (item as { type: string }).type === 'function_call_output';
    await vi.waitFor(() => expect(sent('conversation.item.create').some(isOutput)).toBe(true));
    return sent('conversation.item.create').find(isOutput)?.item as { call_id: string; output: string };
  };
  /** A response that is written to its end, and begins to be played. `on`: the channel of a later connection. */
  const say = (responseId: string, words: string, on = channel) => {
    on.emit({
      type: 'response.created',
      response: { id: responseId, object: 'realtime.response', output: [] },
    });
    on.emit({
      type: 'response.output_audio_transcript.delta',
      response_id: responseId,
      item_id: `item_${responseId}`,
      output_index: 0,
      content_index: 0,
      delta: words,
    });
    on.emit({ type: 'output_audio_buffer.started', response_id: responseId });
    on.emit({ type: 'response.done', response: { id: responseId, status: 'completed', output: [] } });
  };
  /** The first message of the conversation, in writing. `on`: the channel of a later connection. */
  const addUserMessage = (text: string, on = channel) =>
    on.emit({
      type: 'conversation.item.added',
      previous_item_id: null,
      item: {
        id: 'item_1',
        type: 'message',
        role: 'user',
        status: 'completed',
        content: [{ type: 'input_text', text }],
      },
    });
  return { ...call, channel, live, sent, askFor, output, say, addUserMessage };
}

export const entry = (transcript: readonly TranscriptEntry[], id: string) =>
  transcript.find((line) => line.id === id);
