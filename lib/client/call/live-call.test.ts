import { describe, expect, it, vi } from 'vitest';
import { stopClock } from '@/lib/client/testing/clock';
import { createStoreWithFakes, untilPhase, untilState } from '@/lib/client/testing/fake-browser';
import { ticketFor } from '@/lib/client/testing/fake-network';
import { liveCall } from '@/lib/client/testing/live-call';

stopClock();

/** Who answers in these calls. */
const agent = { name: 'ada', title: 'Ada' };

describe('the end', () => {
  it('is silence first, then the hang-up, then the receipt; the transcript stays', async () => {
    const { store, network, peer, microphone, audio, sound, say } = await liveCall();
    say('resp_9', 'Good morning');
    network.end = () => {
      expect(peer().connectionState).not.toBe('closed');
      expect(microphone.track.readyState).toBe('ended');
      expect(audio).toMatchObject({ isPlaying: false, srcObject: null });
      expect(sound.isClosed).toBe(true);
      return Response.json({ callId: 'call_n1', reason: 'replaced', seconds: 3, secondsLeftToday: 9 });
    };
    store.commands.end();
    expect(store.getState().phase).toEqual({ name: 'ending', agent, reason: 'user' });
    store.commands.end();
    const { phase, transcript } = await untilPhase(store, 'ended');
    await vi.waitFor(() => expect(peer().connectionState).toBe('closed'));
    expect(phase).toMatchObject({ reason: 'replaced', receipt: { seconds: 3 } });
    expect(transcript).toMatchObject([{ kind: 'agent', text: 'Good morning', state: 'interrupted' }]);
    expect(network.to('/end')).toMatchObject([{ body: { reason: 'user' }, keepalive: true }]);
    expect(microphone.clones[0]?.track.readyState).toBe('ended');
    store.commands.start();
    expect(store.getState().transcript).toEqual([]);
  });

  it('closes the connection after two seconds, even if the server does not respond', async () => {
    const { store, network, peer } = await liveCall();
    network.end = () => new Promise(() => {});
    store.commands.end();
    await vi.advanceTimersByTimeAsync(1_900);
    expect(peer().connectionState).not.toBe('closed');
    await vi.advanceTimersByTimeAsync(200);
    expect(peer().connectionState).toBe('closed');
  });

  it('comes without a receipt when the server cannot be reached', async () => {
    const { store, network } = await liveCall();
    network.end = () => Promise.reject(new TypeError('Failed to fetch'));
    store.commands.end();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(store.getState().phase).toEqual({
      name: 'ended',
      agent,
      reason: 'user',
      cause: null,
      receipt: null,
    });
    expect(network.to('/end')).toHaveLength(2);
  });

  it('comes on its own at the deadline', async () => {
    const { store, channel } = await liveCall();
    // Whatever is played, somebody is being talked to.
    channel.emit({ type: 'output_audio_buffer.started', response_id: 'r1' });
    await vi.advanceTimersByTimeAsync(300_000);
    expect(store.getState().phase).toMatchObject({ name: 'ended', reason: 'time_limit' });
  });

  it('is reported to the server when the page is left', async () => {
    const { store, network, leavePage } = await liveCall();
    leavePage();
    expect(network.to('/end')).toMatchObject([{ body: { reason: 'page_closed' }, keepalive: true }]);
    await untilPhase(store, 'ended');
    leavePage();
    expect(network.to('/end')).toHaveLength(1);
  });

  it.each([
    ['the session is too old', 'time_limit'],
    ['the server closes just before the deadline', 'time_limit'],
  ])('is noticed at once when %s', async (what, reason) => {
    const { store, channel } = await liveCall();
    if (what === 'the session is too old') {
      channel.emit({
        type: 'error',
        error: { type: 'invalid_request_error', code: 'session_expired', message: '' },
      });
    }
    channel.emit({ type: 'output_audio_buffer.started', response_id: 'r1' });
    if (what === 'the server closes just before the deadline') await vi.advanceTimersByTimeAsync(298_000);
    if (what.startsWith('the server closes')) channel.drop();
    expect(store.getState().phase).toEqual({ name: 'ending', agent, reason });
    await untilPhase(store, 'ended');
  });
});

describe('the provider refuses inside a call', () => {
  const failed = (code: string) => ({
    type: 'response.done',
    response: { id: 'r1', status: 'failed', status_details: { type: 'failed', error: { code } }, output: [] },
  });

  it.each([
    ['insufficient_quota', 'no_credit'],
    ['billing_hard_limit_reached', 'no_credit'],
    ['model_not_found', 'model_refused'],
    ['invalid_api_key', 'key_refused'],
  ])('%s ends the call after the first time, with the reason and its cause', async (code, cause) => {
    const { store, channel, network } = await liveCall();
    channel.emit(failed(code));
    expect((await untilPhase(store, 'ended')).phase).toMatchObject({ reason: 'provider_refused', cause });
    expect(network.to('/end').map(({ body }) => body)).toEqual([{ reason: 'provider_refused', cause }]);
  });

  it('ends the call on an error event with such a code too', async () => {
    const { store, channel } = await liveCall();
    channel.emit({ type: 'error', event_id: null, error: { type: 'insufficient_quota', code: null } });
    expect((await untilPhase(store, 'ended')).phase).toMatchObject({ cause: 'no_credit' });
  });

  it.each([
    ['rate_limit_exceeded', /very busy/],
    ['server_error', /say it again/],
    ['something_new', /say it again/],
  ])('%s passes: it is said, and the call goes on', async (code, note) => {
    const { store, channel, live } = await liveCall();
    channel.emit(failed(code));
    channel.emit({ type: 'error', error: { type: 'invalid_request_error', code: 'invalid_value' } });
    expect(live().turn).toBe('listening');
    expect(store.getState().transcript).toMatchObject([{ kind: 'note', text: expect.stringMatching(note) }]);
  });

  it('goes on without transcription, and reports why it is missing at the end', async () => {
    const { store, channel, live, network } = await liveCall();
    channel.emit({
      type: 'conversation.item.input_audio_transcription.failed',
      item_id: 'u1',
      error: { code: 'model_not_found' },
    });
    expect(live().turn).toBe('listening');
    store.commands.end();
    await untilPhase(store, 'ended');
    expect(network.to('/end').map(({ body }) => body)).toEqual([{ reason: 'user', cause: 'model_refused' }]);
  });
});

describe('sound', () => {
  it('mutes the track that is sent, and measures on through a copy', async () => {
    const { store, live, microphone, sound } = await liveCall();
    store.commands.setMuted(true);
    expect(live().microphone).toBe('muted');
    expect(microphone.track.enabled).toBe(false);
    expect(microphone.clones[0]?.track.enabled).toBe(true);
    sound.amplitude = 0.1;
    expect(store.levels().user).toBeGreaterThan(0.5);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(live().hint).toBe('muted_speech');
    store.commands.setMuted(false);
    expect(live()).toMatchObject({ microphone: 'on', hint: null });
    expect(microphone.track.enabled).toBe(true);
  });

  it('says after 8 s that nothing is heard, until something is', async () => {
    const { live, sound } = await liveCall();
    await vi.advanceTimersByTimeAsync(8_200);
    expect(live().hint).toBe('no_sound');
    sound.amplitude = 0.05;
    await vi.advanceTimersByTimeAsync(200);
    expect(live().hint).toBeNull();
  });

  it('goes on by typing when the microphone is unplugged and there is no other', async () => {
    const { store, media, microphone } = await liveCall();
    media.open = () => Promise.reject(new DOMException('None', 'NotFoundError'));
    microphone.track.unplug();
    await untilState(store, ({ phase }) => phase.name === 'live' && phase.call.microphone === 'none');
    expect(store.getState().transcript).toMatchObject([{ kind: 'note' }]);
  });

  it('asks for a gesture when the browser blocks playback', async () => {
    const call = createStoreWithFakes();
    call.audio.isBlocked = true;
    call.store.commands.start();
    const isBlocked = (blocked: boolean) =>
      untilState(call.store, ({ phase }) => phase.name === 'live' && phase.call.playbackBlocked === blocked);
    await isBlocked(true);
    call.audio.isBlocked = false;
    call.store.commands.playAudio();
    await isBlocked(false);
    expect(call.audio.isPlaying).toBe(true);
  });
});

describe('the conversation', () => {
  it('moves the spoken mark while the agent speaks', async () => {
    const { store, say } = await liveCall();
    say('resp_1', 'Good morning, how can I help you today?');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(store.getState().transcript).toMatchObject([{ spokenChars: 15, state: 'speaking' }]);
  });

  it('stops the agent: cancels only what is being written, always clears what is being played', async () => {
    const { store, channel, sent, say } = await liveCall();
    say('resp_1', 'Good morning');
    store.commands.stopAgent();
    expect(sent('response.cancel')).toHaveLength(0);
    expect(sent('output_audio_buffer.clear')).toHaveLength(1);
    channel.emit({ type: 'output_audio_buffer.cleared', response_id: 'resp_1' });
    expect(store.getState().transcript).toMatchObject([{ state: 'interrupted' }]);
    channel.emit({
      type: 'response.created',
      response: { id: 'resp_2', object: 'realtime.response', output: [] },
    });
    store.commands.stopAgent();
    expect(sent('response.cancel')).toHaveLength(1);
  });

  it('lets a typed message interrupt the agent', async () => {
    const { store, sent, say } = await liveCall();
    store.commands.sendText('Hello');
    expect(sent('output_audio_buffer.clear')).toHaveLength(0);
    say('resp_1', 'Good morning');
    store.commands.sendText('Stop');
    expect(sent('output_audio_buffer.clear')).toHaveLength(1);
    expect(sent('conversation.item.create')).toHaveLength(2);
  });

  it('is silent about a ticket’s secret and words in what it keeps', async () => {
    const { store } = await liveCall();
    expect(JSON.stringify(store.getState())).not.toContain('ek_test');
    expect(ticketFor('x').secret.value).toBe('ek_test');
  });
});
