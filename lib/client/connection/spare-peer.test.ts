import { expect, it, vi } from 'vitest';
import { stopClock } from '@/lib/client/testing/clock';
import { createStoreWithFakes, untilPhase } from '@/lib/client/testing/fake-browser';
import { refusalWith } from '@/lib/client/testing/fake-network';
import { FakePeer } from '@/lib/client/testing/fake-peer';

stopClock();

const FIVE_MINUTES_MS = 5 * 60_000;
const states = () => FakePeer.all.map(({ connectionState }) => connectionState);

/** A page whose next call has an offer already. */
async function createPrepared() {
  const fakes = createStoreWithFakes();
  const opened = vi.spyOn(fakes.media, 'open');
  fakes.store.prefetch();
  await vi.dynamicImportSettled();
  await vi.waitFor(() => expect(fakes.peer().signalingState).toBe('have-local-offer'));
  return { ...fakes, opened };
}

it('is ready before the click, without a request, a microphone or a sound', async () => {
  const { network, opened, peer, store } = await createPrepared();
  expect(network.requests).toEqual([]);
  expect(opened).not.toHaveBeenCalled();
  expect(store.getState().phase).toEqual({ name: 'ready' });
  expect(peer().channel.sent).toEqual([]);
});

it.each([false, true])('carries the call, with the microphone (typed: %s)', async (typed) => {
  const { store, microphone, peer } = await createPrepared();
  store.commands.start({ typed });
  await untilPhase(store, 'live');
  expect(FakePeer.all).toHaveLength(1);
  expect(peer().senders[0]?.track === microphone.track).toBe(!typed);
});

it('goes out with the request for the ticket where the server connects the call', async () => {
  const { store, network } = await createPrepared();
  store.commands.start({ relayed: true });
  await untilPhase(store, 'live');
  expect(network.to('/session')).toMatchObject([{ body: { offer: 'v=0 offer' } }]);
  expect(FakePeer.all).toHaveLength(1);
});

it('lets that request leave in the click itself: React would render before anything that waits', async () => {
  const { store, network } = await createPrepared();
  store.commands.start({ relayed: true });
  expect(network.to('/session')).toMatchObject([{ body: { offer: 'v=0 offer' } }]);
});

it('serves a click that comes while it is being made', async () => {
  const { store } = createStoreWithFakes();
  store.prefetch();
  store.commands.start();
  await untilPhase(store, 'live');
  expect(FakePeer.all).toHaveLength(1);
});

it('is not made during a call, and again after it', async () => {
  const { store, page } = await createPrepared();
  store.commands.start();
  await untilPhase(store, 'live');
  page('touched');
  store.prefetch();
  await vi.advanceTimersByTimeAsync(0);
  expect(FakePeer.all).toHaveLength(1);
  store.commands.end();
  await untilPhase(store, 'ended');
  await vi.waitFor(() => expect(states()).toEqual(['closed', 'new']));
  store.commands.start();
  await untilPhase(store, 'live');
  expect(FakePeer.all).toHaveLength(2);
});

it('leaves no peer open but its own: a browser gives a page 500, and frees only what was closed', async () => {
  const { page } = await createPrepared();
  for (const event of ['networkchange', 'hidden', 'visible'] as const) page(event);
  await vi.waitFor(() => expect(states()).toEqual(['closed', 'closed', 'new']));
  expect([...FakePeer.unclosed]).toEqual([FakePeer.all.at(-1)]);
});

it.each(['networkchange', 'online'] as const)('is made anew in another network (%s)', async (event) => {
  const { store, page } = await createPrepared();
  page(event);
  await vi.waitFor(() => expect(states()).toEqual(['closed', 'new']));
  store.commands.start();
  await untilPhase(store, 'live');
  expect(FakePeer.all).toHaveLength(2);
});

it('is closed while the page is out of sight, and made anew when it is back', async () => {
  const { page } = await createPrepared();
  page('hidden');
  await vi.waitFor(() => expect(states()).toEqual(['closed']));
  page('touched');
  await vi.advanceTimersByTimeAsync(0);
  expect(states()).toEqual(['closed']);
  page('visible');
  await vi.waitFor(() => expect(states()).toEqual(['closed', 'new']));
});

it('leaves no peer behind when the page is left, also in the middle of an attempt', async () => {
  const idle = await createPrepared();
  idle.leavePage();
  await vi.waitFor(() => expect(states()).toEqual(['closed']));
  const busy = await createPrepared();
  busy.network.openCall = () => new Promise(() => {});
  busy.store.commands.start();
  await vi.waitFor(() => expect(busy.network.to('/session')).toHaveLength(1));
  busy.leavePage();
  await vi.waitFor(() => expect(states()).toEqual(['closed']));
});

it('is not used after five minutes', async () => {
  const { store } = await createPrepared();
  await vi.advanceTimersByTimeAsync(FIVE_MINUTES_MS);
  store.commands.start();
  await untilPhase(store, 'live');
  expect(states()).toEqual(['closed', 'connected']);
});

it('is made anew after five minutes, when a finger goes down', async () => {
  const { page } = await createPrepared();
  page('touched');
  await vi.advanceTimersByTimeAsync(FIVE_MINUTES_MS);
  expect(states()).toEqual(['new']);
  page('touched');
  await vi.waitFor(() => expect(states()).toEqual(['closed', 'new']));
});

it.each([
  ['the call is refused', 'refused'],
  ['the microphone is refused', 'microphone_refused'],
  ['the user cancels', 'ready'],
] as const)('is closed when %s, and another one is made', async (_, phase) => {
  const { store, network, media } = await createPrepared();
  if (phase === 'refused') network.openCall = () => refusalWith('rate_limited', 429, 5);
  if (phase === 'ready') network.openCall = () => new Promise(() => {});
  if (phase === 'microphone_refused')
    media.open = () => Promise.reject(new DOMException('', 'NotAllowedError'));
  store.commands.start();
  if (phase === 'ready') {
    await vi.waitFor(() => expect(network.to('/session')).toHaveLength(1));
    store.commands.cancel();
  }
  await untilPhase(store, phase);
  await vi.waitFor(() => expect(states()).toEqual(['closed', 'new']));
});

it('carries the microphone also when the browser could not make its offer at first', async () => {
  const { store, microphone, peer } = createStoreWithFakes();
  vi.spyOn(FakePeer.prototype, 'createOffer').mockRejectedValueOnce(new DOMException('', 'OperationError'));
  store.prefetch();
  await vi.dynamicImportSettled();
  store.commands.start();
  await untilPhase(store, 'live');
  expect(peer().senders[0]?.track).toBe(microphone.track);
});

it('says that a part of the page is missing only to a user who calls', async () => {
  const { store } = createStoreWithFakes({ loadSdk: () => Promise.reject(new TypeError('Failed to fetch')) });
  store.prefetch();
  await vi.dynamicImportSettled();
  expect(store.getState().phase).toEqual({ name: 'ready' });
  store.commands.start();
  expect((await untilPhase(store, 'refused')).phase).toMatchObject({ code: 'part_missing' });
  expect(FakePeer.all).toEqual([]);
});
