import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStoreWithFakes, untilPhase, untilState } from '@/lib/client/testing/fake-browser';
import { asDom } from '@/lib/client/testing/fake-media';
import { refusalWith, ticketFor } from '@/lib/client/testing/fake-network';
import { FakePeer } from '@/lib/client/testing/fake-peer';

const never = () => new Promise<never>(() => {});

beforeEach(
  () =>
    void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] }),
);
afterEach(() => void vi.useRealTimers());

describe('time limits', () => {
  it('gives the route 8 s, and ends a call whose ticket comes later', async () => {
    const { store, network } = createStoreWithFakes();
    let answer = (_response: Response) => {};
    network.openCall = () => new Promise((resolve) => (answer = resolve));
    store.commands.start();
    await vi.waitFor(() => expect(network.to('/session')).toHaveLength(1));
    await vi.advanceTimersByTimeAsync(8_000);
    expect(store.getState().phase).toMatchObject({ name: 'refused', code: 'timeout' });
    answer(Response.json(ticketFor('call_late'), { status: 201 }));
    await vi.waitFor(() => expect(network.to('call_late/end')).toHaveLength(1));
  });

  it.each([
    ['the offer', 'dialling'],
    ['the channel', 'joining'],
  ])('gives %s 10 s, then releases everything', async (what, step) => {
    const { store, network, peer, microphone } = createStoreWithFakes();
    if (what === 'the offer') network.offer = never;
    else FakePeer.opensChannel = false;
    store.commands.start();
    await untilState(store, ({ phase }) => phase.name === 'connecting' && phase.step === step);
    await vi.advanceTimersByTimeAsync(9_900);
    expect(store.getState().phase.name).toBe('connecting');
    await vi.advanceTimersByTimeAsync(200);
    expect(store.getState().phase).toMatchObject({ name: 'refused', code: 'timeout' });
    expect(microphone.track.readyState).toBe('ended');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(peer().connectionState).toBe('closed');
    expect(network.to('call_n1/end')).toHaveLength(1);
  });

  it('gives the whole set-up 20 s after the microphone', async () => {
    const { store } = createStoreWithFakes({ loadSdk: never });
    store.commands.start();
    await untilPhase(store, 'connecting');
    await vi.advanceTimersByTimeAsync(20_000);
    expect(store.getState().phase).toMatchObject({ name: 'refused', code: 'timeout' });
  });
});

describe('cancelling', () => {
  it('ends a call whose ticket is still on its way, and stops a late microphone', async () => {
    const { store, browser, network, microphone } = createStoreWithFakes();
    let allow = (_stream: MediaStream) => {};
    let answer = (_response: Response) => {};
    browser.getUserMedia = () => new Promise((resolve) => (allow = resolve));
    network.openCall = () => new Promise((resolve) => (answer = resolve));
    store.commands.start();
    await vi.waitFor(() => expect(network.to('/session')).toHaveLength(1));
    store.commands.cancel();
    const cancelled = store.getState();
    expect(cancelled.phase).toEqual({ name: 'ready' });
    allow(asDom<MediaStream>(microphone));
    answer(Response.json(ticketFor('call_late'), { status: 201 }));
    await vi.waitFor(() => expect(network.to('call_late/end')).toMatchObject([{ body: { reason: 'user' } }]));
    expect(microphone.track.readyState).toBe('ended');
    expect(store.getState()).toBe(cancelled);
  });

  it('waits for the answer to an offer under way, so that the server knows what to hang up', async () => {
    const { store, network, peer, microphone } = createStoreWithFakes();
    let answer = (_response: Response) => {};
    network.offer = () => new Promise((resolve) => (answer = resolve));
    store.commands.start();
    await vi.waitFor(() => expect(network.to('/realtime/calls')).toHaveLength(1));
    store.commands.cancel();
    const cancelled = store.getState();
    expect(microphone.track.readyState).toBe('ended');
    expect(network.to('/end')).toHaveLength(0);
    answer(new Response('v=0 answer', { status: 201, headers: { Location: '/v1/realtime/calls/rtc_late' } }));
    await vi.waitFor(() => expect(network.to('call_n1/end')).toHaveLength(1));
    expect(network.to('/connected')).toMatchObject([{ body: { rtcCallId: 'rtc_late' } }]);
    expect(network.requests.at(-1)?.path).toContain('/end');
    expect(peer().connectionState).toBe('closed');
    await vi.advanceTimersByTimeAsync(30_000);
    expect(store.getState()).toBe(cancelled);
  });

  it('waits 5 s at most for that answer', async () => {
    const { store, network, peer } = createStoreWithFakes();
    network.offer = never;
    store.commands.start();
    await vi.waitFor(() => expect(network.to('/realtime/calls')).toHaveLength(1));
    store.commands.cancel();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(peer().connectionState).toBe('closed');
    expect(network.to('call_n1/end')).toHaveLength(1);
  });

  it('opens the next call only after the cancelled one is ended', async () => {
    const { store, network, browser } = createStoreWithFakes();
    browser.getUserMedia = never;
    store.commands.start();
    await vi.waitFor(() => expect(network.to('/session')).toHaveLength(1));
    store.commands.cancel();
    store.commands.start({ typed: true });
    await untilPhase(store, 'live');
    const paths = network.requests.map(({ path }) => path.replace('/api/voice/', ''));
    expect(paths.indexOf('calls/call_n1/end')).toBeLessThan(paths.lastIndexOf('session'));
  });

  it('does not start an engine that arrives after the cancel', async () => {
    const { store, network } = createStoreWithFakes();
    store.commands.start();
    store.commands.cancel();
    store.prefetch();
    await vi.dynamicImportSettled();
    expect(store.getState().phase).toEqual({ name: 'ready' });
    expect(network.requests).toEqual([]);
  });

  it('is what end() does before the call is up', async () => {
    const { store, browser } = createStoreWithFakes();
    browser.getUserMedia = never;
    store.commands.start();
    store.commands.end();
    expect(store.getState().phase).toEqual({ name: 'ready' });
  });
});

describe('the report of the connection', () => {
  it('leaves the handshake alone for a second', async () => {
    const { store, network, peer } = createStoreWithFakes();
    FakePeer.opensChannel = false;
    store.commands.start();
    await vi.waitFor(() => expect(peer().signalingState).toBe('stable'));
    await vi.advanceTimersByTimeAsync(900);
    expect(network.to('/connected')).toEqual([]);
    await vi.advanceTimersByTimeAsync(100);
    expect(network.to('/connected')).toHaveLength(1);
  });

  it('goes out at once when the call is cancelled after the answer', async () => {
    const { store, network, peer } = createStoreWithFakes();
    FakePeer.opensChannel = false;
    store.commands.start();
    await vi.waitFor(() => expect(peer().signalingState).toBe('stable'));
    store.commands.cancel();
    await vi.advanceTimersByTimeAsync(1);
    expect(network.to('/connected')).toHaveLength(1);
  });

  it('that the server refuses ends the call: it knows better', async () => {
    const { store, network } = createStoreWithFakes();
    network.connected = () => refusalWith('call_ended', 409);
    store.commands.start();
    const { phase } = await untilPhase(store, 'ended');
    expect(phase).toMatchObject({ reason: 'server_hangup' });
  });

  it('that does not get through leaves the call up', async () => {
    const { store, network } = createStoreWithFakes();
    network.connected = () => Promise.reject(new TypeError('Failed to fetch'));
    store.commands.start();
    await untilPhase(store, 'live');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(network.to('/connected')).toHaveLength(4);
    expect(store.getState().phase.name).toBe('live');
  });

  it('does not hold up the end of a closing page', async () => {
    const { store, network, leavePage } = createStoreWithFakes();
    network.connected = never;
    store.commands.start();
    await untilPhase(store, 'live');
    leavePage();
    expect(network.to('/end')).toHaveLength(1);
  });

  it('goes before the end', async () => {
    const { store, network } = createStoreWithFakes();
    let answer = (_response: Response) => {};
    network.connected = () => new Promise((resolve) => (answer = resolve));
    store.commands.start();
    await untilPhase(store, 'live');
    store.commands.end();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(network.to('/end')).toHaveLength(0);
    answer(new Response(null, { status: 204 }));
    await untilPhase(store, 'ended');
    expect(network.to('/end')).toHaveLength(1);
  });
});
