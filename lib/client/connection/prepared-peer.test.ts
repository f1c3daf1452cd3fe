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
  it('as soon as its channel is open, before the first event of the session', async () => {
    const { store, peer } = createStoreWithFakes();
    FakePeer.session = null;
    store.commands.start();
    await untilPhase(store, 'live');
    expect(peer().channel.sent).toEqual([]);
    expect(store.inspect.getState().events).toEqual([]);
    peer().channel.emit({ type: 'session.created', session: {} });
    expect(store.inspect.getState().events).toMatchObject([{ from: 'server', type: 'session.created' }]);
  });
});
