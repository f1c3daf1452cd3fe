import { describe, expect, it, vi } from 'vitest';
import { stopClock } from '@/lib/client/testing/clock';
import { createStoreWithFakes, untilPhase } from '@/lib/client/testing/fake-browser';
import { asDom } from '@/lib/client/testing/fake-media';
import { refusalWith, ticketFor } from '@/lib/client/testing/fake-network';
import { FakePeer } from '@/lib/client/testing/fake-peer';

const domError = (name: string) => new DOMException('', name);

stopClock();

describe('the microphone is refused', () => {
  it('costs nothing when the browser has to ask: the ticket waits for the answer', async () => {
    const { store, browser, network, permission, microphone } = createStoreWithFakes();
    permission.state = 'prompt';
    let answer = { allow: (_stream: MediaStream) => {}, refuse: (_error: DOMException) => {} };
    browser.getUserMedia = () => new Promise((allow, refuse) => (answer = { allow, refuse }));
    store.commands.start();
    await vi.dynamicImportSettled();
    answer.refuse(domError('NotAllowedError'));
    expect((await untilPhase(store, 'microphone_refused')).phase).toMatchObject({ why: 'dismissed' });
    expect(network.requests).toEqual([]);
    store.commands.retry();
    await vi.advanceTimersByTimeAsync(0);
    expect(network.requests).toEqual([]);
    answer.allow(asDom<MediaStream>(microphone));
    await untilPhase(store, 'live');
  });

  it.each(['prompt', 'granted'] as const)(
    'while the permission is %s, knows whether a question is open',
    async (state) => {
      const { store, browser, permission } = createStoreWithFakes();
      permission.state = state;
      browser.getUserMedia = () => new Promise(() => {});
      store.commands.start();
      await vi.dynamicImportSettled();
      await vi.advanceTimersByTimeAsync(500);
      expect(store.getState().phase).toEqual({ name: 'asking_microphone', isQuestionOpen: false });
      await vi.advanceTimersByTimeAsync(200);
      const isQuestionOpen = state === 'prompt';
      expect(store.getState().phase).toEqual({ name: 'asking_microphone', isQuestionOpen });
    },
  );

  it('never opens a call that was cancelled during the question', async () => {
    const { store, browser, network, permission, microphone } = createStoreWithFakes();
    permission.state = 'prompt';
    let allow = (_stream: MediaStream) => {};
    browser.getUserMedia = () => new Promise((resolve) => (allow = resolve));
    store.commands.start();
    await vi.dynamicImportSettled();
    store.commands.cancel();
    allow(asDom<MediaStream>(microphone));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(network.requests).toEqual([]);
    expect(microphone.track.readyState).toBe('ended');
  });

  it('says why, keeps the ticket for typing and uses it', async () => {
    const { store, browser, network } = createStoreWithFakes();
    browser.getUserMedia = () => Promise.reject(domError('NotReadableError'));
    store.commands.start();
    const { phase } = await untilPhase(store, 'microphone_refused');
    expect(phase).toMatchObject({ why: 'in_use' });
    store.commands.start({ typed: true });
    await untilPhase(store, 'live');
    expect(network.to('/session')).toHaveLength(1);
    expect(network.to('/end')).toHaveLength(0);
  });

  it('costs nothing when there is no microphone at all', async () => {
    const { store, browser, network, devices } = createStoreWithFakes();
    devices.length = 0;
    browser.getUserMedia = () => Promise.reject(domError('NotFoundError'));
    store.commands.start();
    expect((await untilPhase(store, 'microphone_refused')).phase).toMatchObject({ why: 'missing' });
    expect(network.requests).toEqual([]);
  });

  it('gives the ticket back when its secret expires', async () => {
    const { store, browser, network } = createStoreWithFakes();
    browser.getUserMedia = () => Promise.reject(domError('NotFoundError'));
    store.commands.start();
    expect((await untilPhase(store, 'microphone_refused')).phase).toMatchObject({ why: 'missing' });
    await vi.advanceTimersByTimeAsync(57_000);
    expect(network.to('/end')).toMatchObject([{ body: { reason: 'setup_failed' } }]);
    store.commands.start({ typed: true });
    await untilPhase(store, 'live');
    expect(network.to('/session')).toHaveLength(2);
  });

  it('gives the ticket back when the user returns to the start', async () => {
    const { store, browser, network } = createStoreWithFakes();
    browser.getUserMedia = () => Promise.reject(domError('NotReadableError'));
    store.commands.start();
    await untilPhase(store, 'microphone_refused');
    store.commands.reset();
    await vi.waitFor(() => expect(network.to('/end')).toHaveLength(1));
    expect(store.getState().phase).toEqual({ name: 'ready' });
  });

  it('is ready again as soon as the user lifts the block', async () => {
    const { store, browser, permission } = createStoreWithFakes();
    permission.state = 'denied';
    browser.getUserMedia = () => Promise.reject(domError('NotAllowedError'));
    store.commands.start();
    await untilPhase(store, 'microphone_refused');
    await vi.advanceTimersByTimeAsync(0);
    permission.change('prompt');
    expect(store.getState().phase).toEqual({ name: 'ready' });
  });

  it('gets a new ticket when the question took longer than the secret lives', async () => {
    const { store, browser, network, microphone } = createStoreWithFakes();
    let allow = (_stream: MediaStream) => {};
    browser.getUserMedia = () => new Promise((resolve) => (allow = resolve));
    store.commands.start();
    await vi.waitFor(() => expect(network.to('/session')).toHaveLength(1));
    await vi.advanceTimersByTimeAsync(61_000);
    allow(asDom<MediaStream>(microphone));
    const { phase } = await untilPhase(store, 'live');
    expect(phase).toMatchObject({ call: { callId: 'call_n2' } });
    expect(network.to('call_n1/end')).toHaveLength(1);
  });
});

describe('the offer', () => {
  it('is made while the ticket is on its way, and goes out with it', async () => {
    const { store, network, peer } = createStoreWithFakes();
    let open = (_response: Response) => {};
    network.openCall = () => new Promise((resolve) => (open = resolve));
    store.commands.start();
    await vi.waitFor(() => expect(peer().signalingState).toBe('have-local-offer'));
    expect(network.to('/realtime/calls')).toEqual([]);
    open(Response.json(ticketFor('call_n1'), { status: 201 }));
    await untilPhase(store, 'live');
    expect(network.to('/realtime/calls')).toMatchObject([
      { body: 'v=0 offer', headers: { authorization: 'Bearer ek_test' } },
    ]);
    expect(FakePeer.all).toHaveLength(1);
  });

  it('is dropped, and its peer closed, when the ticket is refused', async () => {
    const { store, network, peer } = createStoreWithFakes();
    let open = (_response: Response) => {};
    network.openCall = () => new Promise((resolve) => (open = resolve));
    store.commands.start();
    await vi.waitFor(() => expect(peer().signalingState).toBe('have-local-offer'));
    open(refusalWith('rate_limited', 429, 5));
    await untilPhase(store, 'refused');
    expect(peer().connectionState).toBe('closed');
    expect(network.to('/realtime/calls')).toEqual([]);
  });

  it('is made again when the browser failed the first time', async () => {
    const { store, network } = createStoreWithFakes();
    const failing = vi
      .spyOn(FakePeer.prototype, 'createOffer')
      .mockRejectedValueOnce(domError('OperationError'));
    store.commands.start();
    await untilPhase(store, 'live');
    expect(failing).toHaveBeenCalledTimes(2);
    expect(network.to('/realtime/calls')).toHaveLength(1);
  });
});

describe('where the server connects the call', () => {
  const answered = () => Response.json(ticketFor('call_n1', { answer: 'v=0 answer' }), { status: 201 });

  it('brings ticket and answer in one request, also when the browser has to ask', async () => {
    const { store, network, permission, peer } = createStoreWithFakes();
    permission.state = 'prompt';
    const steps: unknown[] = [];
    network.openCall = () => {
      steps.push(store.getState().phase);
      return answered();
    };
    store.commands.start({ relayed: true });
    await untilPhase(store, 'live');
    expect(steps).toMatchObject([{ name: 'connecting', step: 'dialling' }]);
    expect(network.to('/session')).toMatchObject([{ body: { offer: 'v=0 offer' } }]);
    expect(network.to('/realtime/calls')).toEqual([]);
    expect(network.to('/connected')).toEqual([]);
    expect(peer().signalingState).toBe('stable');
  });

  it('posts the offer when the answer did not come with the ticket', async () => {
    const { store, network } = createStoreWithFakes();
    store.commands.start({ relayed: true });
    await untilPhase(store, 'live');
    expect(network.to('/realtime/calls')).toMatchObject([{ body: 'v=0 offer' }]);
  });

  it('shows why the provider refused, and starts anew with another offer', async () => {
    const { store, network, peer } = createStoreWithFakes();
    network.openCall = () => refusalWith('provider_failed', 502);
    store.commands.start({ relayed: true });
    await untilPhase(store, 'refused');
    expect(peer().connectionState).toBe('closed');
    network.openCall = answered;
    store.commands.retry();
    await untilPhase(store, 'live');
    expect(FakePeer.all).toHaveLength(2);
  });

  it('sends no request without a microphone, and a typed call then has an offer of its own', async () => {
    const { store, network, browser } = createStoreWithFakes();
    network.openCall = answered;
    browser.getUserMedia = () => Promise.reject(domError('NotReadableError'));
    store.commands.start({ relayed: true });
    await untilPhase(store, 'microphone_refused');
    expect(network.requests).toEqual([]);
    store.commands.start({ relayed: true, typed: true });
    await untilPhase(store, 'live');
    expect(network.to('/session')).toMatchObject([{ body: { offer: 'v=0 offer' } }]);
  });
});

describe('the call is refused', () => {
  it.each([
    ['rate_limited', 429, 30],
    ['allowance_exhausted', 429, 3_600],
    ['already_in_call', 409, undefined],
    ['provider_failed', 502, undefined],
  ] as const)('shows %s and when it clears', async (code, status, wait) => {
    const { store, network } = createStoreWithFakes();
    network.openCall = () => refusalWith(code, status, wait);
    store.commands.start();
    const { phase } = await untilPhase(store, 'refused');
    const retryAtMs = wait === undefined ? null : Date.now() + wait * 1000;
    expect(phase).toEqual({ name: 'refused', code, message: `Refused: ${code}`, retryAtMs, cause: null });
  });

  it('sends a signed-out user to sign in, and says when nothing is configured', async () => {
    const signedOut = createStoreWithFakes();
    signedOut.network.openCall = () => refusalWith('unauthenticated', 401);
    signedOut.store.commands.start();
    await untilPhase(signedOut.store, 'signed_out');
    const bare = createStoreWithFakes();
    bare.network.openCall = () => refusalWith('not_configured', 503);
    bare.store.commands.start();
    await untilPhase(bare.store, 'not_configured');
  });

  it('stops a microphone that is allowed afterwards', async () => {
    const { store, browser, network, microphone } = createStoreWithFakes();
    let allow = (_stream: MediaStream) => {};
    browser.getUserMedia = () => new Promise((resolve) => (allow = resolve));
    network.openCall = () => refusalWith('rate_limited', 429, 5);
    store.commands.start();
    const refused = await untilPhase(store, 'refused');
    allow(asDom<MediaStream>(microphone));
    await vi.advanceTimersByTimeAsync(0);
    expect(microphone.track.readyState).toBe('ended');
    expect(store.getState()).toBe(refused);
  });

  it('sends a user to sign in whom the relay does not know', async () => {
    const { store, network } = createStoreWithFakes();
    network.offer = () => refusalWith('unauthenticated', 401);
    store.commands.start();
    await untilPhase(store, 'signed_out');
    expect(network.to('/session')).toHaveLength(1);
  });

  it('says that the provider cannot be reached', async () => {
    const { store, network } = createStoreWithFakes();
    network.offer = () => Promise.reject(new TypeError('Failed to fetch'));
    store.commands.start();
    expect((await untilPhase(store, 'refused')).phase).toMatchObject({ code: 'network' });
    await vi.waitFor(() => expect(network.to('call_n1/end')).toHaveLength(1));
  });

  it('says that the network is gone', async () => {
    const { store, network } = createStoreWithFakes();
    network.openCall = () => Promise.reject(new TypeError('Failed to fetch'));
    store.commands.start();
    expect((await untilPhase(store, 'refused')).phase).toMatchObject({ code: 'network' });
  });
});
