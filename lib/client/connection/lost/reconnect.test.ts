import { describe, expect, it, vi } from 'vitest';
import { stopClock } from '@/lib/client/testing/clock';
import { untilState } from '@/lib/client/testing/fake-browser';
import { asDom, FakeStream } from '@/lib/client/testing/fake-media';
import { refusalWith } from '@/lib/client/testing/fake-network';
import type { FakePeer } from '@/lib/client/testing/fake-peer';
import { liveCall } from '@/lib/client/testing/live-call';
import type { ErrorCode } from '@/lib/shared/errors';

stopClock();

const settle = () => vi.advanceTimersByTimeAsync(0);
type Call = Awaited<ReturnType<typeof liveCall>>;
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
    const { store, channel, network, say, peer, microphone, addUserMessage } = call;
    store.commands.setMuted(true);
    addUserMessage('Good morning');
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

  it('lets the agent ask again when the next one drops before the agent has begun, and not after', async () => {
    const call = await liveCall();
    call.channel.emit({ type: 'input_audio_buffer.speech_started', item_id: 'i', audio_start_ms: 0 });
    const saysItIsLost = async (drop: () => void) => {
      drop();
      await vi.advanceTimersByTimeAsync(1_100);
      await restored(call);
      return JSON.stringify(seededIn(call.peer())).includes('last words are lost');
    };
    expect(await saysItIsLost(() => call.channel.drop())).toBe(true);
    expect(await saysItIsLost(() => call.peer().channel.drop())).toBe(true);
    const { channel } = call.peer();
    channel.emit({
      type: 'response.created',
      response: { id: 'resp_1', object: 'realtime.response', output: [] },
    });
    channel.emit({ type: 'response.done', response: { id: 'resp_1', status: 'completed', output: [] } });
    expect(await saysItIsLost(() => channel.drop())).toBe(false);
  });

  it('lets the agent ask again when its question was cut, and not once it was heard', async () => {
    const call = await liveCall();
    call.channel.emit({ type: 'input_audio_buffer.speech_started', item_id: 'i', audio_start_ms: 0 });
    call.channel.drop();
    await vi.advanceTimersByTimeAsync(1_100);
    await restored(call);
    const wordsLost = () => JSON.stringify(seededIn(call.peer())).match(/last words are lost/g) ?? [];
    for (const id of ['resp_1', 'resp_2']) {
      expect(wordsLost()).toHaveLength(1);
      call.say(id, 'Please say it again.', call.peer().channel);
      call.peer().channel.drop();
      await vi.advanceTimersByTimeAsync(1_100);
      await restored(call);
      expect(call.peer().channel.sent.at(-1)).toMatchObject({ type: 'response.create' });
    }
    const { channel } = call.peer();
    call.say('resp_3', 'Please say it again.', channel);
    channel.emit({ type: 'output_audio_buffer.stopped', response_id: 'resp_3' });
    channel.drop();
    await vi.advanceTimersByTimeAsync(1_100);
    await restored(call);
    expect(wordsLost()).toHaveLength(0);
  });

  it('lets the agent finish a reply that was cut', async () => {
    const call = await liveCall();
    call.say('resp_1', 'A tune-up, Friday at ten.');
    call.channel.drop();
    await vi.advanceTimersByTimeAsync(1_100);
    await restored(call);
    expect(seededIn(call.peer()).at(-1)).toMatchObject({
      role: 'system',
      content: [{ text: expect.stringMatching(/before your last reply was complete\. Go on with it/) }],
    });
    expect(call.peer().channel.sent.at(-1)).toMatchObject({ type: 'response.create' });
  });

  it('takes a question along that nobody has answered: nothing counts as refused, and the agent asks again', async () => {
    const call = await liveCall();
    call.askFor('send_reminder');
    await untilState(call.store, ({ phase }) => phase.name === 'live' && phase.call.approval !== null);
    call.channel.drop();
    expect(call.store.getState().transcript.filter(({ kind }) => kind === 'tool')).toEqual([]);
    await vi.advanceTimersByTimeAsync(1_100);
    await restored(call);
    expect(call.peer().channel.sent.at(-1)).toMatchObject({ type: 'response.create' });
    expect(seededIn(call.peer())).toEqual([]);
  });

  it('carries the microphone that was chosen while it was being replaced', async () => {
    const call = await liveCall();
    const { offer } = call.network;
    let answer = () => {};
    call.network.offer = (request) =>
      new Promise((resolve) => {
        answer = () => resolve(offer(request));
      });
    call.channel.drop();
    await vi.advanceTimersByTimeAsync(600);
    await vi.waitFor(() => expect(call.network.to('/realtime/calls')).toHaveLength(2));
    const headset = new FakeStream();
    call.media.open = async () => asDom(headset);
    call.store.commands.chooseMicrophone('headset');
    await vi.waitFor(() => expect(call.microphone.track.readyState).toBe('ended'));
    answer();
    await restored(call);
    expect(call.peer().senders[0]?.track).toBe(headset.track);
  });

  it('is tried three times where the server refuses, after 0.5, 2 and 4 seconds', async () => {
    const call = await liveCall();
    call.network.resume = () => refusalWith('provider_failed', 502);
    call.channel.drop();
    for (const [attempt, seconds] of [0.5, 2, 4].entries()) {
      expect(call.live().reconnect).toMatchObject({ attempt: attempt + 1, isSilent: false });
      await vi.advanceTimersByTimeAsync(seconds * 1_000 - 1);
      expect(call.network.to('/resume')).toHaveLength(attempt);
      await vi.advanceTimersByTimeAsync(1);
    }
    await settle();
    expect(call.store.getState().phase).toMatchObject({ name: 'ended', reason: 'connection_lost' });
    expect(call.network.to('/end')).toMatchObject([{ body: { reason: 'connection_lost' } }]);
  });

  it('goes on where nothing answers, and is replaced when the network is back: no attempt is spent', async () => {
    const call = await liveCall();
    const { resume } = call.network;
    call.network.resume = () => Promise.reject(new TypeError('Failed to fetch'));
    call.channel.drop();
    await vi.advanceTimersByTimeAsync(40_000);
    expect(call.live().reconnect).toMatchObject({ attempt: 1, isSilent: true });
    call.network.resume = resume;
    await vi.advanceTimersByTimeAsync(5_000);
    await restored(call);
    expect(call.live()).toMatchObject({ link: 'good', reconnect: null });
  });

  it('is given up where nothing answers for a minute', async () => {
    const call = await liveCall();
    call.network.resume = () => Promise.reject(new TypeError('Failed to fetch'));
    call.channel.drop();
    await vi.advanceTimersByTimeAsync(54_000);
    expect(call.live()).toMatchObject({ link: 'reconnecting' });
    await vi.advanceTimersByTimeAsync(6_000);
    expect(call.store.getState().phase).toMatchObject({ name: 'ended', reason: 'connection_lost' });
  });

  it('is given up at once by a refusal for good, after any silence', async () => {
    const call = await liveCall();
    call.network.resume = () => Promise.reject(new TypeError('Failed to fetch'));
    call.channel.drop();
    await vi.advanceTimersByTimeAsync(20_000);
    call.network.resume = () => refusalWith('call_ended', 409);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(call.store.getState().phase).toMatchObject({ name: 'ended', reason: 'server_hangup' });
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
    expect(call.live().reconnect).toEqual({ attempt: 1, maxAttempts: 3, retryAtMs: null, isSilent: true });
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

  it('passes on the reply of a tool that was running, and only then lets the agent speak', async () => {
    const call = await liveCall();
    let finish = (_reply: Response) => {};
    call.network.tool = () => new Promise((resolve) => (finish = resolve));
    call.askFor('look_it_up');
    await vi.waitFor(() => expect(call.network.to('/look_it_up')).toHaveLength(1));
    call.channel.drop();
    await vi.advanceTimersByTimeAsync(1_100);
    await restored(call);
    const asked = () => call.peer().channel.sent.filter(({ type }) => type === 'response.create');
    expect(asked()).toEqual([]);
    finish(Response.json({ ok: true, summary: 'Two are free.', data: null }));
    await vi.waitFor(() => expect(JSON.stringify(seededIn(call.peer()))).toContain('Two are free.'));
    expect(asked()).toHaveLength(1);
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
