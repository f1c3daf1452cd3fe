import { describe, expect, it, vi } from 'vitest';
import { stopClock } from '@/lib/client/testing/clock';
import { createStoreWithFakes, untilPhase, untilState } from '@/lib/client/testing/fake-browser';
import { refusalWith } from '@/lib/client/testing/fake-network';
import { liveCall } from '@/lib/client/testing/live-call';

stopClock();

type Call = Awaited<ReturnType<typeof liveCall>>;
const restored = ({ store }: Pick<Call, 'store'>) =>
  untilState(store, ({ phase }) => phase.name === 'live' && phase.call.link === 'good');

describe('what the user typed', () => {
  const typedIn = (call: Call) =>
    call.peer().channel.sent.flatMap(({ type, item }) => {
      if (type !== 'conversation.item.create') return [];
      const { role, content } = item as { role: string; content: { text: string }[] };
      return role === 'user' ? content.map(({ text }) => text) : [];
    });
  const replace = async (call: Call) => {
    call.peer().channel.drop();
    await vi.advanceTimersByTimeAsync(1_100);
    await restored(call);
  };

  it('into a dying connection is sent on the next one, before what was typed since', async () => {
    const call = await liveCall();
    call.store.commands.sendText('What is free?');
    call.channel.drop();
    call.store.commands.sendText('Are you there?');
    await vi.advanceTimersByTimeAsync(1_100);
    await restored(call);
    expect(typedIn(call)).toEqual(['What is free?', 'Are you there?']);
  });

  it('is sent again for as long as it is in no conversation, and then no more', async () => {
    const call = await liveCall();
    call.store.commands.sendText('What is free?');
    await replace(call);
    await replace(call);
    expect(typedIn(call)).toEqual(['What is free?']);
    call.addUserMessage('What is free?', call.peer().channel);
    await replace(call);
    // As a part of the conversation.
    expect(typedIn(call)).toEqual(['What is free?']);
    await replace(call);
    expect(typedIn(call)).toEqual(['What is free?']);
  });

  it('is told twice only when it was typed twice', async () => {
    const call = await liveCall();
    call.store.commands.sendText('Yes');
    call.store.commands.sendText('Yes');
    call.addUserMessage('Yes');
    await replace(call);
    expect(typedIn(call)).toEqual(['Yes', 'Yes']);
  });

  it('for the beginning of the call is not lost with the first connection', async () => {
    const call = createStoreWithFakes();
    call.store.commands.start({ typed: true });
    call.store.commands.sendText('What is free?');
    await untilPhase(call.store, 'live');
    call.peer().channel.drop();
    await vi.advanceTimersByTimeAsync(1_100);
    await restored(call);
    expect(JSON.stringify(call.peer().channel.sent)).toContain('What is free?');
  });

  it('is on the screen from the first moment until the conversation has it, over a drop too', async () => {
    const call = await liveCall();
    const unconfirmed = () => call.store.getState().unconfirmedTexts;
    call.store.commands.sendText('What is free?');
    expect(unconfirmed()).toEqual(['What is free?']);
    call.channel.drop();
    expect(unconfirmed()).toEqual(['What is free?']);
    call.store.commands.sendText('Are you there?');
    expect(unconfirmed()).toEqual(['What is free?', 'Are you there?']);
    await vi.advanceTimersByTimeAsync(1_100);
    await restored(call);
    expect(unconfirmed()).toEqual(['What is free?', 'Are you there?']);
    call.addUserMessage('What is free?', call.peer().channel);
    expect(unconfirmed()).toEqual(['Are you there?']);
  });

  it.each<[string, (call: Call) => void]>([
    ['which is not replaced', ({ channel }) => channel.drop()],
    ['whose loss nobody has noticed yet', ({ store }) => store.commands.end()],
  ])('into a connection %s is told of after the end, and forgotten by the next call', async (_, end) => {
    const call = await liveCall();
    call.network.resume = () => refusalWith('call_ended', 409);
    call.store.commands.sendText('What is free?');
    end(call);
    await vi.advanceTimersByTimeAsync(1_100);
    const { unconfirmedTexts } = await untilPhase(call.store, 'ended');
    expect(unconfirmedTexts).toEqual(['What is free?']);
    call.store.commands.start();
    expect(call.store.getState().unconfirmedTexts).toEqual([]);
  });
});
