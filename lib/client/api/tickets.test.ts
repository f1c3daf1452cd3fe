import { describe, expect, it, vi } from 'vitest';
import { stopClock } from '@/lib/client/testing/clock';
import { createStoreWithFakes, untilPhase, untilState } from '@/lib/client/testing/fake-browser';
import { ticketFor } from '@/lib/client/testing/fake-network';
import type { CallId } from '@/lib/shared/ids';

/** The provider refuses every offer, and the server charges what was reserved, as it must for a direct call. */
function failingDirect(seconds = 300) {
  const onMinutesChanged = vi.fn();
  const fakes = createStoreWithFakes({ onMinutesChanged });
  const refused = () => Response.json({ error: { code: 'model_not_found' } }, { status: 403 });
  fakes.network.offer = refused;
  fakes.network.end = ({ path }) => {
    const callId = (path.split('/')[4] ?? '') as CallId;
    return Response.json({ callId, reason: 'setup_failed', seconds, secondsLeftToday: 1500 });
  };
  return { ...fakes, onMinutesChanged };
}

it('says what a failed attempt cost, and that other minutes are left', async () => {
  const { store, onMinutesChanged } = failingDirect();
  store.commands.start();
  await untilPhase(store, 'refused');
  await untilState(store, ({ phase, chargedSeconds }) => phase.name === 'refused' && chargedSeconds === 300);
  expect(onMinutesChanged).toHaveBeenCalledOnce();
});

it('says nothing of a cost when there was none', async () => {
  const { store, onMinutesChanged } = failingDirect(0);
  store.commands.start();
  await vi.waitFor(() => expect(onMinutesChanged).toHaveBeenCalledOnce());
  expect(store.getState().phase).toMatchObject({ name: 'refused' });
  expect(store.getState().chargedSeconds).toBe(0);
});

it('says what it cost to leave the card of the microphone', async () => {
  const { store, browser } = failingDirect();
  browser.getUserMedia = () => Promise.reject(new DOMException('', 'NotReadableError'));
  store.commands.start();
  await untilPhase(store, 'microphone_refused');
  store.commands.reset();
  await untilState(store, ({ phase, chargedSeconds }) => phase.name === 'ready' && chargedSeconds === 300);
});

it('asks for the relay after an attempt that cost something, for ten minutes', async () => {
  const { store, network, remembered, onMinutesChanged } = failingDirect();
  store.commands.start();
  await vi.waitFor(() => expect(onMinutesChanged).toHaveBeenCalled());
  expect(network.to('/session')[0]?.body).not.toHaveProperty('relay');

  const relayed = ticketFor('call_2', { callUrl: 'https://site.test/api/voice/calls/call_2/sdp' });
  network.openCall = () => Response.json(relayed, { status: 201 });
  // What this network answers to every other route: our own relay names no call.
  network.tool = () => new Response('v=0 answer', { status: 201 });
  store.commands.retry();
  await untilPhase(store, 'live');
  expect(network.to('/session')[1]?.body).toMatchObject({ relay: true });

  store.commands.end();
  await untilPhase(store, 'ended');
  remembered.set('parley.relay-until', String(Date.now() - 1));
  store.commands.start();
  await vi.waitFor(() => expect(network.to('/session')).toHaveLength(3));
  expect(network.to('/session')[2]?.body).not.toHaveProperty('relay');
});

it('asks for the relay after a cancelled attempt that cost something too', async () => {
  const { store, network, onMinutesChanged } = failingDirect();
  network.offer = () => new Promise(() => {});
  store.commands.start();
  await untilState(store, ({ phase }) => phase.name === 'connecting' && phase.step === 'dialling');
  store.commands.cancel();
  await vi.waitFor(() => expect(onMinutesChanged).toHaveBeenCalled(), { timeout: 8_000 });
  store.commands.start();
  await vi.waitFor(() => expect(network.to('/session')[1]?.body).toMatchObject({ relay: true }));
});

describe('a request that never gets an answer', () => {
  stopClock();

  it('does not shut out the calls after it', async () => {
    const { store, network } = createStoreWithFakes();
    const { openCall } = network;
    network.openCall = () => new Promise(() => {});
    store.commands.start();
    await vi.waitFor(() => expect(network.to('/session')).toHaveLength(1));
    await vi.advanceTimersByTimeAsync(8_000);
    expect((await untilPhase(store, 'refused')).phase).toMatchObject({ code: 'timeout' });
    network.openCall = openCall;
    store.commands.retry();
    await vi.advanceTimersByTimeAsync(7_500);
    await untilPhase(store, 'live');
  });
});
