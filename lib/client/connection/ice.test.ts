import { expect, it, vi } from 'vitest';
import { stopClock } from '@/lib/client/testing/clock';
import { createStoreWithFakes, untilPhase, untilState } from '@/lib/client/testing/fake-browser';
import { ticketFor } from '@/lib/client/testing/fake-network';
import { FakePeer } from '@/lib/client/testing/fake-peer';
import type { IceSetting } from '@/lib/shared/ice';

const ICE: IceSetting = {
  servers: [{ urls: ['turns:turn.example.com:443'], username: 'u', credential: 'c' }],
  policy: 'relay',
};

stopClock();

it('looks for ways through the servers of the ticket, and offers what it found', async () => {
  const { store, network, peer } = createStoreWithFakes();
  network.openCall = () => Response.json(ticketFor('call_n1', { ice: ICE }));
  store.commands.start();
  await untilPhase(store, 'live');
  expect(peer().configuration).toEqual({ iceServers: ICE.servers, iceTransportPolicy: 'relay' });
  expect(network.to('/realtime/calls')).toMatchObject([{ body: 'v=0 offer, looked again' }]);
});

it('leaves the browser its own ways without them', async () => {
  const { store, network, peer } = createStoreWithFakes();
  store.commands.start();
  await untilPhase(store, 'live');
  expect(peer().configuration).toEqual({});
  expect(network.to('/realtime/calls')).toMatchObject([{ body: 'v=0 offer' }]);
});

it('says that the network is in the way when the two ends never reached each other', async () => {
  const { store } = createStoreWithFakes();
  FakePeer.findsWay = false;
  store.commands.start();
  await untilState(store, ({ phase }) => phase.name === 'connecting' && phase.step === 'joining');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(store.getState().phase).toMatchObject({ name: 'refused', code: 'no_way_through' });
});

it('says that it took too long when they did', async () => {
  const { store } = createStoreWithFakes();
  FakePeer.opensChannel = false;
  store.commands.start();
  await untilState(store, ({ phase }) => phase.name === 'connecting' && phase.step === 'joining');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(store.getState().phase).toMatchObject({ name: 'refused', code: 'timeout' });
});
