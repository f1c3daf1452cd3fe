import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveCallState } from '@/lib/client/state/call-state';
import { untilState } from '@/lib/client/testing/fake-browser';
import { refusalWith } from '@/lib/client/testing/fake-network';
import { FakePeer } from '@/lib/client/testing/fake-peer';
import { liveCall } from '@/lib/client/testing/live-call';
import type { ErrorCode } from '@/lib/shared/errors';

beforeEach(
  () =>
    void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] }),
);
afterEach(() => void vi.useRealTimers());

const settle = () => vi.advanceTimersByTimeAsync(0);
type Call = Awaited<ReturnType<typeof liveCall>>;
const linkOf = ({ store }: Call): LiveCallState['link'] | null => {
  const { phase } = store.getState();
  return phase.name === 'live' ? phase.call.link : null;
};
const restored = ({ store }: Call) =>
  untilState(store, ({ phase }) => phase.name === 'live' && phase.call.link === 'good');
const seededIn = (peer: FakePeer) =>
  peer.channel.sent.filter(({ type }) => type === 'conversation.item.create').map(({ item }) => item);

describe('a connection that drops', () => {
  it.each(['the channel closes', 'the peer fails'])('is shown at once when %s', async (what) => {
    const call = await liveCall();
    if (what === 'the channel closes') call.channel.drop();
    else call.peer().setConnection('failed');
    expect(call.live()).toMatchObject({ link: 'reconnecting', reconnect: { attempt: 1, maxAttempts: 3 } });
  });

  it('is replaced after half a second, with mute and the conversation', async () => {
    const call = await liveCall();
    const { store, channel, network, say, peer, microphone } = call;
    store.commands.setMuted(true);
    channel.emit({
      type: 'conversation.item.added',
      previous_item_id: null,
      item: {
        id: 'item_1',
        type: 'message',
        role: 'user',
        status: 'completed',
        content: [{ type: 'input_text', text: 'Good morning' }],
      },
    });
    say('resp_9', 'Hello there, how are you');
    channel.emit({ type: 'output_audio_buffer.stopped', response_id: 'resp_9' });
    channel.drop();
    await vi.advanceTimersByTimeAsync(400);
    expect(network.to('/resume')).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(200);
    await restored(call);
    expect(network.to('/call_n1/resume')).toHaveLength(1);
    expect(call.live()).toMatchObject({ link: 'good', reconnect: null, microphone: 'muted' });
    expect(microphone.track).toMatchObject({ enabled: false, readyState: 'live' });
    expect(seededIn(peer())).toEqual([
      {
        id: 'item_1',
        type: 'message',
        role: 'user',
        content: [{ type: 'input_text', text: 'Good morning' }],
      },
      {
        id: 'item_resp_9',
        type: 'message',
        role: 'assistant',
        content: [{ type: 'output_text', text: 'Hello there, how are you' }],
      },
    ]);
    // No response was due.
    expect(peer().channel.sent.some(({ type }) => type === 'response.create')).toBe(false);
    const before = store.getState().transcript;
    peer().channel.emit({
      type: 'conversation.item.added',
      previous_item_id: null,
      item: { ...(seededIn(peer())[0] as object), status: 'completed' },
    });
    expect(store.getState().transcript).toBe(before);
    await vi.waitFor(() => expect(network.to('/call_n1/connected')).toHaveLength(2));
  });

  it('gets a response to what was asked when it dropped, and to what was typed since', async () => {
    const call = await liveCall();
    call.store.commands.sendText('What is free?');
    call.channel.emit({ type: 'input_audio_buffer.committed', item_id: 'i', previous_item_id: null });
    call.channel.drop();
    await vi.advanceTimersByTimeAsync(1_100);
    await restored(call);
    expect(call.peer().channel.sent.some(({ type }) => type === 'response.create')).toBe(true);
    call.peer().channel.drop();
    call.store.commands.sendText('Are you there?');
    await vi.advanceTimersByTimeAsync(1_100);
    await restored(call);
    expect(JSON.stringify(call.peer().channel.sent)).toContain('Are you there?');
  });

  it('lets the agent ask for what was being said when it dropped', async () => {
    const call = await liveCall();
    call.channel.emit({ type: 'input_audio_buffer.speech_started', item_id: 'i', audio_start_ms: 0 });
    call.channel.drop();
    await vi.advanceTimersByTimeAsync(1_100);
    await restored(call);
    const { sent } = call.peer().channel;
    expect(sent.map(({ type }) => type).slice(-2)).toEqual(['conversation.item.create', 'response.create']);
    expect(seededIn(call.peer()).at(-1)).toMatchObject({
      role: 'system',
      content: [{ text: expect.stringMatching(/last words are lost.*ask them to say it again/) }],
    });
  });

  it('is tried three times, after 0.5, 2 and 4 seconds', async () => {
    const call = await liveCall();
    call.network.resume = () => Promise.reject(new TypeError('Failed to fetch'));
    call.channel.drop();
    for (const [attempt, seconds] of [0.5, 2, 4].entries()) {
      expect(call.live().reconnect).toMatchObject({ attempt: attempt + 1 });
      await vi.advanceTimersByTimeAsync(seconds * 1_000 - 1);
      expect(call.network.to('/resume')).toHaveLength(attempt);
      await vi.advanceTimersByTimeAsync(1);
    }
    await settle();
    expect(call.store.getState().phase).toMatchObject({ name: 'ended', reason: 'connection_lost' });
    expect(call.network.to('/end')).toMatchObject([{ body: { reason: 'connection_lost' } }]);
  });

  it.each<[ErrorCode, number, string]>([
    ['unauthenticated', 401, 'signed_out'],
    ['forbidden', 403, 'signed_out'],
    ['call_ended', 409, 'server_hangup'],
    ['call_not_found', 404, 'server_hangup'],
    ['provider_refused', 502, 'provider_refused'],
  ])('is not tried again after %s', async (code, status, reason) => {
    const call = await liveCall();
    call.network.resume = () => refusalWith(code, status);
    call.channel.drop();
    await vi.advanceTimersByTimeAsync(8_000);
    expect(call.network.to('/resume')).toHaveLength(1);
    expect(call.store.getState().phase).toMatchObject({ name: 'ended', reason });
  });

  it('waits for the network before it spends an attempt', async () => {
    const call = await liveCall();
    call.setOnline(false);
    call.peer().setConnection('failed');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(call.network.to('/resume')).toHaveLength(0);
    expect(call.live().reconnect).toEqual({ attempt: 1, maxAttempts: 3, retryAtMs: null });
    call.setOnline(true);
    await restored(call);
    expect(call.network.to('/resume')).toHaveLength(1);
  });

  it('is left alone when the call ends meanwhile', async () => {
    const call = await liveCall();
    call.channel.drop();
    call.store.commands.end();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(call.network.to('/resume')).toHaveLength(0);
    expect(call.store.getState().phase).toMatchObject({ name: 'ended', reason: 'user' });
  });

  it('passes on the reply of a tool that was running', async () => {
    const call = await liveCall();
    let finish = (_reply: Response) => {};
    call.network.tool = () => new Promise((resolve) => (finish = resolve));
    call.askFor('look_it_up');
    await vi.waitFor(() => expect(call.network.to('/look_it_up')).toHaveLength(1));
    call.channel.drop();
    await vi.advanceTimersByTimeAsync(1_100);
    await restored(call);
    finish(Response.json({ ok: true, summary: 'Two are free.', data: null }));
    await vi.waitFor(() => expect(JSON.stringify(seededIn(call.peer()))).toContain('Two are free.'));
  });
});

describe('a connection in doubt', () => {
  it.each(['online', 'networkchange', 'sleep'] as const)('is probed after %s', async (what) => {
    const call = await liveCall();
    call.channel.onSent = () => {};
    const doubt = () => {
      if (what === 'sleep') vi.setSystemTime(Date.now() + 60_000);
      else call.page(what);
    };
    doubt();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(linkOf(call)).toBe('weak');
    call.channel.emit({ type: 'session.updated', session: {} });
    expect(linkOf(call)).toBe('good');
    doubt();
    await vi.advanceTimersByTimeAsync(3_400);
    expect(linkOf(call)).toBe('reconnecting');
  });
});

describe('a server that dies without a word', () => {
  it('is noticed by its sound, probed, and shown within a second', async () => {
    const call = await liveCall();
    call.peer().packetsReceived = 50;
    await vi.advanceTimersByTimeAsync(250);
    call.channel.onSent = () => {};
    await vi.advanceTimersByTimeAsync(950);
    expect(linkOf(call)).toBe('weak');
    await vi.advanceTimersByTimeAsync(2_600);
    expect(linkOf(call)).toBe('reconnecting');
  });

  it('is not taken for dead when it only pauses: one probe, and nothing is shown', async () => {
    const call = await liveCall();
    const asked = () => call.sent('session.update').length;
    const before = asked();
    call.peer().packetsReceived = 50;
    await vi.advanceTimersByTimeAsync(250);
    const states: unknown[] = [];
    call.store.subscribe(() => states.push(linkOf(call)));
    await vi.advanceTimersByTimeAsync(6_000);
    expect(asked()).toBe(before + 1);
    expect(states).not.toContain('weak');
  });
});

it('uses the ticket of a failed attempt again', async () => {
  const call = await liveCall();
  const { offer, resume } = call.network;
  let offers = 0;
  call.network.offer = (request) => (++offers === 1 ? new Response('{}', { status: 500 }) : offer(request));
  let resumes = 0;
  call.network.resume = (request) => (++resumes === 1 ? resume(request) : refusalWith('not_resumable', 409));
  call.channel.drop();
  await vi.advanceTimersByTimeAsync(4_000);
  await restored(call);
  expect(resumes).toBe(2);
});

it('ends in this tab when the user signs out in another', async () => {
  const call = await liveCall();
  call.page('signout');
  await settle();
  expect(call.store.getState().phase).toMatchObject({ name: 'ended', reason: 'signed_out' });
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
