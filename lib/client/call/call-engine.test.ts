import { describe, expect, it, vi } from 'vitest';
import { stopClock } from '@/lib/client/testing/clock';
import { createStoreWithFakes, untilPhase, untilState } from '@/lib/client/testing/fake-browser';
import { asDom } from '@/lib/client/testing/fake-media';
import { refusalWith, ticketFor } from '@/lib/client/testing/fake-network';
import { FakePeer } from '@/lib/client/testing/fake-peer';
import { liveCall } from '@/lib/client/testing/live-call';

const never = () => new Promise<never>(() => {});

stopClock();

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
  it('keeps the ticket that nobody has dialled with, for the next try, and stops a late microphone', async () => {
    const { store, browser, network, microphone } = createStoreWithFakes();
    const { openCall } = network;
    let allow = (_stream: MediaStream) => {};
    let answer = () => {};
    browser.getUserMedia = () => new Promise((resolve) => (allow = resolve));
    network.openCall = (request) => new Promise((resolve) => (answer = () => resolve(openCall(request))));
    store.commands.start();
    await vi.waitFor(() => expect(network.to('/session')).toHaveLength(1));
    store.commands.cancel();
    const cancelled = store.getState();
    expect(cancelled.phase).toEqual({ name: 'ready' });
    allow(asDom<MediaStream>(microphone));
    answer();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(microphone.track.readyState).toBe('ended');
    expect(store.getState()).toBe(cancelled);
    store.commands.start({ typed: true });
    await untilPhase(store, 'live');
    expect(network.to('/session')).toHaveLength(1);
    expect(network.to('/end')).toEqual([]);
  });

  it.each<[string, (fakes: ReturnType<typeof createStoreWithFakes>) => unknown, string]>([
    ['once its secret has expired', () => vi.advanceTimersByTimeAsync(57_000), 'user'],
    ['when the page closes', ({ leavePage }) => leavePage(), 'user'],
    ['at a sign-out', ({ page }) => page('signout'), 'user'],
    ['when another agent is called', ({ store }) => store.commands.start({ agent: 'bo' }), 'user'],
  ])('gives back %s the ticket that it kept, and says what that cost', async (_, leave, reason) => {
    const fakes = createStoreWithFakes();
    const { store, browser, network } = fakes;
    browser.getUserMedia = never;
    store.commands.start();
    await vi.waitFor(() => expect(network.to('/session')).toHaveLength(1));
    store.commands.cancel();
    leave(fakes);
    await vi.waitFor(() => expect(network.to('call_n1/end')).toMatchObject([{ body: { reason } }]));
    await untilState(store, ({ chargedSeconds }) => chargedSeconds === 12);
  });

  it('keeps no ticket where the server connects: it costs the time in which it lies', async () => {
    const { store, browser, network } = createStoreWithFakes();
    browser.getUserMedia = never;
    store.commands.start({ relayed: true });
    await vi.waitFor(() => expect(network.to('/session')).toHaveLength(1));
    store.commands.cancel();
    await vi.waitFor(() => expect(network.to('/end')).toMatchObject([{ body: { reason: 'user' } }]));
  });

  it('during the browser’s question holds up no typed call, though the question stays open', async () => {
    const { store, browser, permission, network } = createStoreWithFakes();
    permission.state = 'prompt';
    browser.getUserMedia = never;
    store.commands.start();
    await vi.advanceTimersByTimeAsync(1_000);
    store.commands.cancel();
    store.commands.start({ typed: true });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(store.getState().phase.name).toBe('live');
    expect(network.to('/session')).toHaveLength(1);
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
    expect(store.getState()).toEqual({ ...cancelled, chargedSeconds: 12 });
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
    const { store, network } = createStoreWithFakes();
    const { offer } = network;
    network.offer = never;
    store.commands.start();
    await vi.waitFor(() => expect(network.to('/realtime/calls')).toHaveLength(1));
    store.commands.cancel();
    network.offer = offer;
    store.commands.start({ typed: true });
    await vi.advanceTimersByTimeAsync(6_000);
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

describe('a sign-out in another tab', () => {
  it('ends the call of this one', async () => {
    const call = await liveCall();
    call.page('signout');
    await untilPhase(call.store, 'ended');
    expect(call.store.getState().phase).toMatchObject({ name: 'ended', reason: 'signed_out' });
  });

  it('gives up the call that is being set up here', async () => {
    const { store, network, page } = createStoreWithFakes();
    network.offer = never;
    store.commands.start();
    await vi.waitFor(() => expect(network.to('/realtime/calls')).toHaveLength(1));
    page('signout');
    expect(store.getState().phase).toMatchObject({ name: 'ready' });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(network.to('/end')).toHaveLength(1);
    expect(FakePeer.all[0]?.connectionState).toBe('closed');
  });
});

it('gives the ticket of an attempt back once when the page closes', async () => {
  const { store, network, leavePage } = createStoreWithFakes();
  network.offer = never;
  store.commands.start();
  await vi.waitFor(() => expect(network.to('/realtime/calls')).toHaveLength(1));
  leavePage();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(network.to('/end')).toMatchObject([{ body: { reason: 'page_closed' } }]);
});

it('renews a secret that the provider refuses, once', async () => {
  const call = await liveCall();
  call.store.commands.end();
  await untilState(call.store, ({ phase }) => phase.name === 'ended');
  const offers: number[] = [];
  const { offer } = call.network;
  call.network.offer = (request) =>
    offers.push(1) === 1 ? new Response('{}', { status: 401 }) : offer(request);
  call.store.commands.start();
  await untilState(call.store, ({ phase }) => phase.name === 'live');
  expect(call.network.to('/session')).toHaveLength(3);
  expect(FakePeer.all).toHaveLength(3);
});
