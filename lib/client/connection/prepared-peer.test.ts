import { describe, expect, it, vi } from 'vitest';
import { stopClock } from '@/lib/client/testing/clock';
import { createStoreWithFakes, untilPhase } from '@/lib/client/testing/fake-browser';
import { asDom } from '@/lib/client/testing/fake-media';
import { ticketFor } from '@/lib/client/testing/fake-network';
import { FakePeer } from '@/lib/client/testing/fake-peer';

stopClock();

const answered = () => Response.json(ticketFor('call_n1', { answer: 'v=0 answer' }), { status: 201 });

describe('while a microphone opens that is certain to', () => {
  it.each([false, true])(
    'the call is asked for with silence, which it then replaces (relayed: %s)',
    async (relayed) => {
      const { store, browser, network, microphone, peer } = createStoreWithFakes();
      let open = (_stream: MediaStream) => {};
      browser.getUserMedia = () => new Promise((resolve) => (open = resolve));
      if (relayed) network.openCall = answered;
      store.commands.start({ relayed });
      await vi.waitFor(() => expect(network.to('/session')).toHaveLength(1));
      await vi.waitFor(() => expect(peer().signalingState).toBe('have-local-offer'));
      expect(peer().senders[0]?.track).not.toBe(microphone.track);
      expect(store.getState().phase).toMatchObject({ name: 'asking_microphone' });
      open(asDom<MediaStream>(microphone));
      await untilPhase(store, 'live');
      expect(peer().senders[0]?.track).toBe(microphone.track);
    },
  );

  it('a call that the server dialled is given back at once when the microphone fails after all', async () => {
    const { store, browser, network, peer } = createStoreWithFakes();
    let fail = (_error: DOMException) => {};
    browser.getUserMedia = () => new Promise((_, reject) => (fail = reject));
    network.openCall = answered;
    store.commands.start({ relayed: true });
    await vi.waitFor(() => expect(network.to('/session')).toHaveLength(1));
    fail(new DOMException('', 'NotReadableError'));
    await untilPhase(store, 'microphone_refused');
    await vi.waitFor(() => expect(network.to('/end')).toMatchObject([{ body: { reason: 'setup_failed' } }]));
    expect(peer().connectionState).toBe('closed');
  });
});

describe('a call is up', () => {
  it('with the first event of the session, without waiting for the reply to an update', async () => {
    const { store, network, peer } = createStoreWithFakes();
    let open = (_response: Response) => {};
    network.openCall = () => new Promise((resolve) => (open = resolve));
    store.commands.start();
    await vi.waitFor(() => expect(FakePeer.all).toHaveLength(1));
    peer().channel.onSent = () => {};
    open(Response.json(ticketFor('call_n1'), { status: 201 }));
    await untilPhase(store, 'live');
    const received = store.inspect.getState().events.filter(({ from }) => from === 'server');
    expect(received.map(({ type }) => type)).toEqual(['session.created']);
  });

  it('with that reply where a service sends nothing first', async () => {
    const { store } = createStoreWithFakes();
    FakePeer.session = null;
    store.commands.start();
    await untilPhase(store, 'live');
  });
});
