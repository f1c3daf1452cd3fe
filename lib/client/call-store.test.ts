import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStoreInDouble, phaseOf, stateWhere } from '@/lib/client/doubles/browser';
import { asDom, StreamDouble } from '@/lib/client/doubles/media';
import { refusalWith, ticketFor } from '@/lib/client/doubles/network';
import { PeerDouble } from '@/lib/client/doubles/peer';

beforeEach(
  () =>
    void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] }),
);
afterEach(() => void vi.useRealTimers());

const domError = (name: string) => new DOMException('', name);
const never = () => new Promise<never>(() => {});

describe('a spoken call', () => {
  it('asks for the microphone and a ticket at once, dials and goes live', async () => {
    const { store, network, microphone, peer } = createStoreInDouble();
    const seen: string[] = [];
    store.subscribe(() => {
      const { phase } = store.getState();
      seen.push(phase.name === 'connecting' ? phase.step : phase.name);
    });
    store.commands.start();
    expect(store.getState().phase).toEqual({ name: 'asking_microphone' });
    const { phase } = await phaseOf(store, 'live');

    expect(seen.slice(0, 5)).toEqual(['asking_microphone', 'opening', 'dialling', 'joining', 'live']);
    expect(phase).toMatchObject({
      call: { callId: 'call-1', microphone: 'on', turn: 'listening', link: 'good', playbackBlocked: false },
    });
    expect(network.to('/session')).toMatchObject([{ path: '/api/voice/session', body: {} }]);
    expect(network.to('/realtime/calls')).toMatchObject([
      { body: 'v=0 offer', headers: { authorization: 'Bearer ek_test' } },
    ]);
    expect(network.to('/connected')).toMatchObject([
      { path: '/api/voice/calls/call-1/connected', body: { rtcCallId: 'rtc_u0_test' } },
    ]);
    expect(peer().senders).toEqual([{ track: microphone.track }]);
  });

  it('sends nothing of its own policy', async () => {
    const { store, peer } = createStoreInDouble();
    store.commands.start();
    await phaseOf(store, 'live');
    expect(peer().channel.sent).toEqual([{ type: 'session.update', session: { type: 'realtime' } }]);
  });

  it('lets the agent greet once when the ticket says so', async () => {
    const { store, network, peer } = createStoreInDouble();
    network.openCall = () => Response.json(ticketFor('call-1', { greets: true }), { status: 201 });
    store.commands.start();
    await phaseOf(store, 'live');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(peer().channel.sent.filter(({ type }) => type === 'response.create')).toHaveLength(1);
  });

  it('passes on which agent, and that the other call shall end', async () => {
    const { store, network } = createStoreInDouble();
    store.commands.start({ agent: 'mechanic', takeOver: true });
    await phaseOf(store, 'live');
    expect(network.to('/session')[0]?.body).toEqual({ agent: 'mechanic', takeOver: true });
  });

  it('ignores a second start', async () => {
    const { store, network } = createStoreInDouble();
    store.commands.start();
    store.commands.start();
    await phaseOf(store, 'live');
    store.commands.start({ typed: true });
    expect(network.to('/session')).toHaveLength(1);
    expect(PeerDouble.all).toHaveLength(1);
  });
});

describe('a typed call', () => {
  it('needs no microphone and sends a silent track', async () => {
    const { store, browser, microphone, peer } = createStoreInDouble();
    const ask = vi.spyOn(browser, 'getUserMedia');
    store.commands.start({ typed: true });
    expect(store.getState().phase).toEqual({ name: 'connecting', step: 'opening', typed: true });
    const { phase } = await phaseOf(store, 'live');
    expect(phase).toMatchObject({ call: { microphone: 'none' } });
    expect(ask).not.toHaveBeenCalled();
    expect(peer().senders[0]?.track).not.toBe(microphone.track);
  });

  it('says what was typed during the set-up first, instead of being greeted', async () => {
    const { store, network, peer } = createStoreInDouble();
    network.openCall = () => Response.json(ticketFor('call-1', { greets: true }), { status: 201 });
    store.commands.start({ typed: true });
    store.commands.sendText(' What is free on Friday? ');
    store.commands.sendText('   ');
    await phaseOf(store, 'live');
    expect(peer().channel.sent.slice(1)).toMatchObject([
      { type: 'conversation.item.create', item: { content: [{ text: 'What is free on Friday?' }] } },
      { type: 'response.create' },
    ]);
  });
});

describe('the microphone is refused', () => {
  it('costs nothing when the browser had to ask: the ticket waits for the answer', async () => {
    const { store, browser, network, permission, microphone } = createStoreInDouble();
    permission.state = 'prompt';
    let answer = { allow: (_stream: MediaStream) => {}, refuse: (_error: DOMException) => {} };
    browser.getUserMedia = () => new Promise((allow, refuse) => (answer = { allow, refuse }));
    store.commands.start();
    await vi.dynamicImportSettled();
    answer.refuse(domError('NotAllowedError'));
    expect((await phaseOf(store, 'microphone_refused')).phase).toMatchObject({ why: 'dismissed' });
    expect(network.requests).toEqual([]);
    store.commands.retry();
    await vi.advanceTimersByTimeAsync(0);
    expect(network.requests).toEqual([]);
    answer.allow(asDom<MediaStream>(microphone));
    await phaseOf(store, 'live');
  });

  it('never opens a call that was cancelled during the question', async () => {
    const { store, browser, network, permission, microphone } = createStoreInDouble();
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
    const { store, browser, network } = createStoreInDouble();
    browser.getUserMedia = () => Promise.reject(domError('NotReadableError'));
    store.commands.start();
    const { phase } = await phaseOf(store, 'microphone_refused');
    expect(phase).toMatchObject({ why: 'in_use' });
    store.commands.start({ typed: true });
    await phaseOf(store, 'live');
    expect(network.to('/session')).toHaveLength(1);
    expect(network.to('/end')).toHaveLength(0);
  });

  it('gives the ticket back when its secret gets old', async () => {
    const { store, browser, network } = createStoreInDouble();
    browser.getUserMedia = () => Promise.reject(domError('NotFoundError'));
    store.commands.start();
    expect((await phaseOf(store, 'microphone_refused')).phase).toMatchObject({ why: 'missing' });
    await vi.advanceTimersByTimeAsync(57_000);
    expect(network.to('/end')).toMatchObject([{ body: { reason: 'setup_failed' } }]);
    store.commands.start({ typed: true });
    await phaseOf(store, 'live');
    expect(network.to('/session')).toHaveLength(2);
  });

  it('gives the ticket back when the person turns away', async () => {
    const { store, browser, network } = createStoreInDouble();
    browser.getUserMedia = () => Promise.reject(domError('NotReadableError'));
    store.commands.start();
    await phaseOf(store, 'microphone_refused');
    store.commands.reset();
    await vi.waitFor(() => expect(network.to('/end')).toHaveLength(1));
    expect(store.getState().phase).toEqual({ name: 'ready' });
  });

  it('is ready again as soon as the person lifts the block', async () => {
    const { store, browser, permission } = createStoreInDouble();
    permission.state = 'denied';
    browser.getUserMedia = () => Promise.reject(domError('NotAllowedError'));
    store.commands.start();
    await phaseOf(store, 'microphone_refused');
    await vi.advanceTimersByTimeAsync(0);
    permission.change('prompt');
    expect(store.getState().phase).toEqual({ name: 'ready' });
  });

  it('gets a new ticket when the question took longer than the secret lives', async () => {
    const { store, browser, network, microphone } = createStoreInDouble();
    let allow = (_stream: MediaStream) => {};
    browser.getUserMedia = () => new Promise((resolve) => (allow = resolve));
    store.commands.start();
    await vi.waitFor(() => expect(network.to('/session')).toHaveLength(1));
    await vi.advanceTimersByTimeAsync(61_000);
    allow(asDom<MediaStream>(microphone));
    const { phase } = await phaseOf(store, 'live');
    expect(phase).toMatchObject({ call: { callId: 'call-2' } });
    expect(network.to('call-1/end')).toHaveLength(1);
  });
});

describe('the call is refused', () => {
  it.each([
    ['rate_limited', 429, 30],
    ['allowance_exhausted', 429, 3_600],
    ['already_in_call', 409, undefined],
    ['provider_failed', 502, undefined],
  ] as const)('shows %s and when it clears', async (code, status, wait) => {
    const { store, network } = createStoreInDouble();
    network.openCall = () => refusalWith(code, status, wait);
    store.commands.start();
    const { phase } = await phaseOf(store, 'refused');
    const retryAtMs = wait === undefined ? null : Date.now() + wait * 1000;
    expect(phase).toEqual({ name: 'refused', code, message: `Refused: ${code}`, retryAtMs });
  });

  it('sends a signed-out person to sign in, and says when nothing is configured', async () => {
    const signedOut = createStoreInDouble();
    signedOut.network.openCall = () => refusalWith('unauthenticated', 401);
    signedOut.store.commands.start();
    await phaseOf(signedOut.store, 'signed_out');
    const bare = createStoreInDouble();
    bare.network.openCall = () => refusalWith('not_configured', 503);
    bare.store.commands.start();
    await phaseOf(bare.store, 'not_configured');
  });

  it('stops a microphone that is allowed afterwards', async () => {
    const { store, browser, network, microphone } = createStoreInDouble();
    let allow = (_stream: MediaStream) => {};
    browser.getUserMedia = () => new Promise((resolve) => (allow = resolve));
    network.openCall = () => refusalWith('rate_limited', 429, 5);
    store.commands.start();
    const refused = await phaseOf(store, 'refused');
    allow(asDom<MediaStream>(microphone));
    await vi.advanceTimersByTimeAsync(0);
    expect(microphone.track.readyState).toBe('ended');
    expect(store.getState()).toBe(refused);
  });

  it('starts again the same way on retry', async () => {
    const { store, network } = createStoreInDouble();
    const { openCall } = network;
    network.openCall = () => refusalWith('provider_busy', 503, 1);
    store.commands.start({ typed: true });
    await phaseOf(store, 'refused');
    network.openCall = openCall;
    store.commands.retry();
    expect((await phaseOf(store, 'live')).phase).toMatchObject({ call: { microphone: 'none' } });
  });

  it.each([
    [401, 'provider_refused'],
    [429, 'provider_busy'],
    [500, 'provider_failed'],
  ])('explains an offer answered with %i and gives the ticket back', async (status, code) => {
    const { store, network, microphone } = createStoreInDouble();
    network.offer = () => new Response('{"error":{"message":"provider words"}}', { status });
    store.commands.start();
    const { phase } = await phaseOf(store, 'refused');
    expect(phase).toMatchObject({ code });
    expect(JSON.stringify(phase)).not.toContain('provider words');
    await vi.waitFor(() => expect(network.to('call-1/end')).toHaveLength(1));
    expect(microphone.track.readyState).toBe('ended');
  });

  it('says that the network is gone', async () => {
    const { store, network } = createStoreInDouble();
    network.openCall = () => Promise.reject(new TypeError('Failed to fetch'));
    store.commands.start();
    expect((await phaseOf(store, 'refused')).phase).toMatchObject({ code: 'network' });
  });
});

describe('time limits', () => {
  it('gives the route 8 s, and ends a call whose ticket comes later', async () => {
    const { store, network } = createStoreInDouble();
    let answer = (_response: Response) => {};
    network.openCall = () => new Promise((resolve) => (answer = resolve));
    store.commands.start();
    await vi.waitFor(() => expect(network.to('/session')).toHaveLength(1));
    await vi.advanceTimersByTimeAsync(8_000);
    expect(store.getState().phase).toMatchObject({ name: 'refused', code: 'timeout' });
    answer(Response.json(ticketFor('late'), { status: 201 }));
    await vi.waitFor(() => expect(network.to('late/end')).toHaveLength(1));
  });

  it.each([
    ['the offer', 'dialling'],
    ['the channel', 'joining'],
  ])('gives %s 10 s, then releases everything', async (what, step) => {
    const { store, network, peer, microphone } = createStoreInDouble();
    if (what === 'the offer') network.offer = never;
    else PeerDouble.opensChannel = false;
    store.commands.start();
    await stateWhere(store, ({ phase }) => phase.name === 'connecting' && phase.step === step);
    await vi.advanceTimersByTimeAsync(9_900);
    expect(store.getState().phase.name).toBe('connecting');
    await vi.advanceTimersByTimeAsync(200);
    expect(store.getState().phase).toMatchObject({ name: 'refused', code: 'timeout' });
    expect(microphone.track.readyState).toBe('ended');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(peer().connectionState).toBe('closed');
    expect(network.to('call-1/end')).toHaveLength(1);
  });

  it('gives the whole set-up 20 s after the microphone', async () => {
    const { store, browser } = createStoreInDouble();
    browser.loadRealtime = never;
    store.commands.start();
    await phaseOf(store, 'connecting');
    await vi.advanceTimersByTimeAsync(20_000);
    expect(store.getState().phase).toMatchObject({ name: 'refused', code: 'timeout' });
  });
});

describe('cancelling', () => {
  it('ends a call whose ticket is still on its way, and stops a late microphone', async () => {
    const { store, browser, network, microphone } = createStoreInDouble();
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
    answer(Response.json(ticketFor('late'), { status: 201 }));
    await vi.waitFor(() => expect(network.to('late/end')).toMatchObject([{ body: { reason: 'user' } }]));
    expect(microphone.track.readyState).toBe('ended');
    expect(store.getState()).toBe(cancelled);
  });

  it('waits for the answer to an offer under way, so that the server knows what to hang up', async () => {
    const { store, network, peer, microphone } = createStoreInDouble();
    let answer = (_response: Response) => {};
    network.offer = () => new Promise((resolve) => (answer = resolve));
    store.commands.start();
    await vi.waitFor(() => expect(network.to('/realtime/calls')).toHaveLength(1));
    store.commands.cancel();
    const cancelled = store.getState();
    expect(microphone.track.readyState).toBe('ended');
    expect(network.to('/end')).toHaveLength(0);
    answer(new Response('v=0 answer', { status: 201, headers: { Location: '/v1/realtime/calls/rtc_late' } }));
    await vi.waitFor(() => expect(network.to('call-1/end')).toHaveLength(1));
    expect(network.to('/connected')).toMatchObject([{ body: { rtcCallId: 'rtc_late' } }]);
    expect(network.requests.at(-1)?.path).toContain('/end');
    expect(peer().connectionState).toBe('closed');
    await vi.advanceTimersByTimeAsync(30_000);
    expect(store.getState()).toBe(cancelled);
  });

  it('waits 5 s at most for that answer', async () => {
    const { store, network, peer } = createStoreInDouble();
    network.offer = never;
    store.commands.start();
    await vi.waitFor(() => expect(network.to('/realtime/calls')).toHaveLength(1));
    store.commands.cancel();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(peer().connectionState).toBe('closed');
    expect(network.to('call-1/end')).toHaveLength(1);
  });

  it('opens the next call only after the cancelled one is ended', async () => {
    const { store, network, browser } = createStoreInDouble();
    browser.getUserMedia = never;
    store.commands.start();
    await vi.waitFor(() => expect(network.to('/session')).toHaveLength(1));
    store.commands.cancel();
    store.commands.start({ typed: true });
    await phaseOf(store, 'live');
    const paths = network.requests.map(({ path }) => path.replace('/api/voice/', ''));
    expect(paths.indexOf('calls/call-1/end')).toBeLessThan(paths.lastIndexOf('session'));
  });

  it('does not start an engine that arrives after the cancel', async () => {
    const { store, network } = createStoreInDouble();
    store.commands.start();
    store.commands.cancel();
    store.prefetch();
    await vi.dynamicImportSettled();
    expect(store.getState().phase).toEqual({ name: 'ready' });
    expect(network.requests).toEqual([]);
  });

  it('is what end() does before the call is up', async () => {
    const { store, browser } = createStoreInDouble();
    browser.getUserMedia = never;
    store.commands.start();
    store.commands.end();
    expect(store.getState().phase).toEqual({ name: 'ready' });
  });
});

describe('the report of the connection', () => {
  it('that the server refuses ends the call: it knows better', async () => {
    const { store, network } = createStoreInDouble();
    network.connected = () => refusalWith('call_ended', 409);
    store.commands.start();
    const { phase } = await phaseOf(store, 'ended');
    expect(phase).toMatchObject({ reason: 'server_hangup' });
  });

  it('that does not get through leaves the call up', async () => {
    const { store, network } = createStoreInDouble();
    network.connected = () => Promise.reject(new TypeError('Failed to fetch'));
    store.commands.start();
    await phaseOf(store, 'live');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(network.to('/connected')).toHaveLength(4);
    expect(store.getState().phase.name).toBe('live');
  });

  it('does not hold up the end of a closing page', async () => {
    const { store, network, leavePage } = createStoreInDouble();
    network.connected = never;
    store.commands.start();
    await phaseOf(store, 'live');
    leavePage();
    expect(network.to('/end')).toHaveLength(1);
  });

  it('goes before the end', async () => {
    const { store, network } = createStoreInDouble();
    let answer = (_response: Response) => {};
    network.connected = () => new Promise((resolve) => (answer = resolve));
    store.commands.start();
    await phaseOf(store, 'live');
    store.commands.end();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(network.to('/end')).toHaveLength(0);
    answer(new Response(null, { status: 204 }));
    await phaseOf(store, 'ended');
    expect(network.to('/end')).toHaveLength(1);
  });
});

it('a store does nothing before it is asked to', () => {
  const { store, network } = createStoreInDouble();
  expect(store.getState()).toBe(store.getInitialState());
  expect(store.levels()).toEqual({ user: 0, agent: 0 });
  for (const command of ['stopAgent', 'playAudio', 'cancel', 'end', 'reset'] as const)
    store.commands[command]();
  store.commands.sendText('Hello');
  store.commands.setMuted(true);
  store.commands.answerApproval('x', true);
  expect(store.getState()).toBe(store.getInitialState());
  expect(network.requests).toEqual([]);
  expect(new StreamDouble().clones).toEqual([]);
});

it('reports nothing when the answer to the offer names no call: our own server connected', async () => {
  const { store, network } = createStoreInDouble();
  network.offer = () => new Response('v=0 answer', { status: 201 });
  store.commands.start({ typed: true });
  await phaseOf(store, 'live');
  expect(network.to('/connected')).toEqual([]);
});
