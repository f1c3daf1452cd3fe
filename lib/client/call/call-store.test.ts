import { describe, expect, it, vi } from 'vitest';
import { stopClock } from '@/lib/client/testing/clock';
import { createStoreWithFakes, untilPhase } from '@/lib/client/testing/fake-browser';
import { refusalWith, ticketFor } from '@/lib/client/testing/fake-network';
import { FakePeer } from '@/lib/client/testing/fake-peer';
import type { ToolCallId } from '@/lib/shared/ids';

stopClock();

describe('a spoken call', () => {
  it('asks for the microphone and a ticket at once, dials and goes live', async () => {
    const { store, network, microphone, peer } = createStoreWithFakes();
    const seen: string[] = [];
    store.subscribe(() => {
      const { phase } = store.getState();
      seen.push(phase.name === 'connecting' ? phase.step : phase.name);
    });
    store.commands.start();
    expect(store.getState().phase).toMatchObject({ name: 'asking_microphone' });
    const { phase } = await untilPhase(store, 'live');

    expect(seen.slice(0, 5)).toEqual(['asking_microphone', 'opening', 'dialling', 'joining', 'live']);
    expect(phase).toMatchObject({
      call: { callId: 'call_n1', microphone: 'on', turn: 'listening', link: 'good', playbackBlocked: false },
    });
    expect(network.to('/session')).toMatchObject([{ path: '/api/voice/session', body: {} }]);
    expect(network.to('/realtime/calls')).toMatchObject([
      { body: 'v=0 offer', headers: { authorization: 'Bearer ek_test' } },
    ]);
    expect(network.to('/connected')).toMatchObject([
      { path: '/api/voice/calls/call_n1/connected', body: { rtcCallId: 'rtc_u0_test' } },
    ]);
    expect(peer().senders).toEqual([{ track: microphone.track }]);
  });

  it('sends nothing of its own policy', async () => {
    const { store, peer } = createStoreWithFakes();
    store.commands.start();
    await untilPhase(store, 'live');
    expect(peer().channel.sent).toEqual([]);
  });

  it('lets the agent greet once when the ticket says so', async () => {
    const { store, network, peer } = createStoreWithFakes();
    network.openCall = () => Response.json(ticketFor('call_n1', { greets: true }), { status: 201 });
    store.commands.start();
    await untilPhase(store, 'live');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(peer().channel.sent.filter(({ type }) => type === 'response.create')).toHaveLength(1);
  });

  it('passes on which agent, and that the other call shall end', async () => {
    const { store, network } = createStoreWithFakes();
    store.commands.start({ agent: 'bo', takeOver: true });
    await untilPhase(store, 'live');
    expect(network.to('/session')[0]?.body).toEqual({ agent: 'bo', takeOver: true });
  });

  it('reports an engine that breaks, says so, and throws nothing at whoever clicked', async () => {
    const reported = vi.fn();
    vi.stubGlobal('reportError', reported);
    const broken = new Error('no clock');
    let isBroken = false;
    const now = () => {
      if (isBroken) throw broken;
      return Date.now();
    };
    const { store, browser } = createStoreWithFakes();
    browser.now = now;
    store.prefetch();
    await vi.waitFor(() => expect(FakePeer.all).toHaveLength(1));
    isBroken = true;
    store.commands.start();
    expect(store.getState().phase).toMatchObject({ name: 'refused', code: 'internal' });
    expect(reported).toHaveBeenCalledWith(broken);
  });

  it('ignores a second start', async () => {
    const { store, network } = createStoreWithFakes();
    store.commands.start();
    store.commands.start();
    await untilPhase(store, 'live');
    store.commands.start({ typed: true });
    expect(network.to('/session')).toHaveLength(1);
    expect(FakePeer.all).toHaveLength(1);
  });
});

describe('a typed call', () => {
  it('needs no microphone and sends a silent track', async () => {
    const { store, browser, microphone, peer } = createStoreWithFakes();
    const ask = vi.spyOn(browser, 'getUserMedia');
    store.commands.start({ typed: true });
    expect(store.getState().phase).toEqual({ name: 'connecting', step: 'opening', typed: true });
    const { phase } = await untilPhase(store, 'live');
    expect(phase).toMatchObject({ call: { microphone: 'none' } });
    expect(ask).not.toHaveBeenCalled();
    expect(peer().senders[0]?.track).not.toBe(microphone.track);
  });

  it('says what was typed during the set-up first, instead of being greeted', async () => {
    const { store, network, peer } = createStoreWithFakes();
    network.openCall = () => Response.json(ticketFor('call_n1', { greets: true }), { status: 201 });
    store.commands.start({ typed: true });
    store.commands.sendText(' What is free on Friday? ');
    store.commands.sendText('   ');
    await untilPhase(store, 'live');
    expect(peer().channel.sent).toMatchObject([
      { type: 'conversation.item.create', item: { content: [{ text: 'What is free on Friday?' }] } },
      { type: 'response.create' },
    ]);
  });
});

it('a store does nothing before it is asked to', () => {
  const { store, network } = createStoreWithFakes();
  expect(store.getState()).toBe(store.getInitialState());
  expect(store.levels()).toEqual({ user: 0, agent: 0 });
  for (const command of ['stopAgent', 'playAudio', 'cancel', 'end', 'reset'] as const)
    store.commands[command]();
  store.commands.sendText('Hello');
  store.commands.setMuted(true);
  store.commands.answerApproval('x' as ToolCallId, true);
  expect(store.getState()).toBe(store.getInitialState());
  expect(network.requests).toEqual([]);
});

describe('a call without a listener', () => {
  it('ends, because the open microphone is out of sight', async () => {
    const { store, network, watch } = createStoreWithFakes();
    store.commands.start();
    await untilPhase(store, 'live');
    watch.stop();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(network.to('/end')).toMatchObject([{ body: { reason: 'page_closed' } }]);
  });

  it('goes on when the screen only subscribes anew', async () => {
    const { store, watch } = createStoreWithFakes();
    store.commands.start();
    await untilPhase(store, 'live');
    watch.stop();
    store.subscribe(() => {});
    await vi.advanceTimersByTimeAsync(2_000);
    expect(store.getState().phase.name).toBe('live');
  });
});

describe('a screen that is gone', () => {
  it('keeps no peer, and no event of the page makes one', async () => {
    const { store, watch, page } = createStoreWithFakes();
    store.prefetch();
    await vi.waitFor(() => expect(FakePeer.unclosed.size).toBe(1));
    watch.stop();
    await vi.advanceTimersByTimeAsync(1_000);
    for (const event of ['touched', 'visible', 'online'] as const) page(event);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(FakePeer.unclosed.size).toBe(0);
  });

  it('keeps none either when it goes before its engine has come', async () => {
    const { store, watch } = createStoreWithFakes();
    store.prefetch();
    watch.stop();
    vi.advanceTimersByTime(1_000);
    await vi.dynamicImportSettled();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(FakePeer.unclosed.size).toBe(0);
  });

  it('keeps none after the call that ended with it', async () => {
    const { store, network, watch } = createStoreWithFakes();
    store.prefetch();
    store.commands.start();
    await untilPhase(store, 'live');
    watch.stop();
    await vi.advanceTimersByTimeAsync(1_000);
    await vi.waitFor(() => expect(network.to('/end')).toHaveLength(1));
    await vi.waitFor(() => expect(FakePeer.unclosed.size).toBe(0));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(FakePeer.unclosed.size).toBe(0);
  });

  it('gives back the ticket that was kept for another try', async () => {
    const { store, browser, network, watch } = createStoreWithFakes();
    browser.getUserMedia = () => Promise.reject(new DOMException('', 'NotReadableError'));
    store.commands.start();
    await untilPhase(store, 'microphone_refused');
    watch.stop();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(network.to('/call_n1/end')).toHaveLength(1);
  });

  it('no longer waits for the block of the microphone to be lifted', async () => {
    const { store, browser, permission, watch } = createStoreWithFakes();
    permission.state = 'denied';
    browser.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'));
    store.commands.start();
    await untilPhase(store, 'microphone_refused');
    watch.stop();
    await vi.advanceTimersByTimeAsync(1_000);
    permission.change('prompt');
    expect(store.getState().phase.name).toBe('microphone_refused');
  });

  it('calls again when it is back', async () => {
    const { store, watch } = createStoreWithFakes();
    store.prefetch();
    await vi.waitFor(() => expect(FakePeer.unclosed.size).toBe(1));
    watch.stop();
    await vi.advanceTimersByTimeAsync(1_000);
    store.subscribe(() => {});
    store.commands.start();
    await untilPhase(store, 'live');
  });
});

it('reports nothing in relay mode: our own server connected, and keeps the name of the call', async () => {
  const { store, network } = createStoreWithFakes();
  const callUrl = 'https://site.test/api/voice/calls/call_n1/sdp';
  network.openCall = () => Response.json(ticketFor('call_n1', { callUrl }), { status: 201 });
  // What this network answers to every other route.
  network.tool = () => new Response('v=0 answer', { status: 201 });
  store.commands.start({ typed: true });
  await untilPhase(store, 'live');
  expect(network.to('/connected')).toEqual([]);
});

describe('a call that was refused', () => {
  const QUESTION = 'What is free on Friday?';

  /** The example was said to an agent of the user's choice, in a call by typing. */
  async function refusedTyped(code: 'provider_busy' | 'already_in_call') {
    const fakes = createStoreWithFakes();
    const { openCall } = fakes.network;
    fakes.network.openCall = () => refusalWith(code, 503, 1);
    fakes.store.commands.start({ typed: true, agent: 'bo' });
    fakes.store.commands.sendText(QUESTION);
    await untilPhase(fakes.store, 'refused');
    return { ...fakes, openCall };
  }

  it('starts again the same way on retry, with what was typed for it', async () => {
    const { store, network, peer, openCall } = await refusedTyped('provider_busy');
    network.openCall = openCall;
    store.commands.retry();
    expect((await untilPhase(store, 'live')).phase).toMatchObject({ call: { microphone: 'none' } });
    expect(JSON.stringify(peer().channel.sent)).toContain(QUESTION);
  });

  it('says nothing in a new call that was typed for another', async () => {
    const { store, network, peer, openCall } = await refusedTyped('provider_busy');
    store.commands.reset();
    network.openCall = openCall;
    store.commands.start();
    await untilPhase(store, 'live');
    expect(JSON.stringify(peer().channel.sent)).not.toContain(QUESTION);
  });

  it('takes over the way it was started, typed or not, with what was typed for it', async () => {
    const { store, network, peer, openCall } = await refusedTyped('already_in_call');
    network.openCall = openCall;
    store.commands.takeOver();
    expect((await untilPhase(store, 'live')).phase).toMatchObject({ call: { microphone: 'none' } });
    expect(network.to('/session')[1]?.body).toEqual({ agent: 'bo', takeOver: true });
    expect(JSON.stringify(peer().channel.sent)).toContain(QUESTION);
  });
});
