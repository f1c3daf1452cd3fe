import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStoreInDouble, phaseOf, stateWhere } from '@/lib/client/doubles/browser';
import { refusalWith, ticketFor } from '@/lib/client/doubles/network';
import type { WireEvent } from '@/lib/client/doubles/peer';
import type { StartOptions } from '@/lib/client/engine-context';
import type { RecordEntry } from '@/lib/shared/call-state';

beforeEach(
  () =>
    void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] }),
);
afterEach(() => void vi.useRealTimers());

async function liveCall(options: StartOptions = {}, onDataChanged?: () => void) {
  const double = createStoreInDouble(onDataChanged);
  double.store.commands.start(options);
  await phaseOf(double.store, 'live');
  const channel = double.peer().channel;
  const live = () => {
    const { phase } = double.store.getState();
    if (phase.name !== 'live') throw new Error(`The call is ${phase.name}.`);
    return phase.call;
  };
  const sent = (type: string) => channel.sent.filter((event) => event.type === type);
  /** The server asks for a tool, as it does at the end of a response. */
  const askFor = (name: string, args = '{}', toolCallId = 'call_1') => {
    const item = {
      id: `fc_${toolCallId}`,
      type: 'function_call',
      status: 'completed',
      name,
      call_id: toolCallId,
      arguments: args,
    };
    channel.emit({
      type: 'response.created',
      response: { id: 'resp_1', object: 'realtime.response', output: [] },
    });
    channel.emit({ type: 'response.output_item.done', response_id: 'resp_1', output_index: 0, item });
    channel.emit({ type: 'response.done', response: { id: 'resp_1', status: 'completed', output: [item] } });
  };
  const output = async (): Promise<{ call_id: string; output: string }> => {
    const isOutput = ({ item }: WireEvent) => (item as { type: string }).type === 'function_call_output';
    await vi.waitFor(() => expect(sent('conversation.item.create').some(isOutput)).toBe(true));
    return sent('conversation.item.create').find(isOutput)?.item as { call_id: string; output: string };
  };
  /** A response that is written and played to its end. */
  const say = (responseId: string, words: string) => {
    channel.emit({
      type: 'response.created',
      response: { id: responseId, object: 'realtime.response', output: [] },
    });
    channel.emit({
      type: 'response.output_audio_transcript.delta',
      response_id: responseId,
      item_id: `item_${responseId}`,
      output_index: 0,
      content_index: 0,
      delta: words,
    });
    channel.emit({ type: 'output_audio_buffer.started', response_id: responseId });
    channel.emit({ type: 'response.done', response: { id: responseId, status: 'completed', output: [] } });
  };
  return { ...double, channel, live, sent, askFor, output, say };
}

const entry = (record: readonly RecordEntry[], id: string) => record.find((line) => line.id === id);

describe('tools', () => {
  it('run on the server, once per tool call id, and the model gets the reply', async () => {
    const { store, network, askFor, output, sent } = await liveCall();
    network.tool = () => Response.json({ ok: true, summary: 'Friday at ten is free.', data: [1] });
    askFor('find_slots', '{"day":"Friday"}');
    expect(await output()).toMatchObject({ call_id: 'call_1' });
    expect(network.to('/tools/find_slots')).toMatchObject([
      {
        path: '/api/voice/calls/call-1/tools/find_slots',
        body: { toolCallId: 'call_1', arguments: { day: 'Friday' } },
      },
    ]);
    expect(JSON.parse((await output()).output)).toEqual({
      ok: true,
      summary: 'Friday at ten is free.',
      data: [1],
    });
    expect(sent('response.create')).toHaveLength(1);
    expect(entry(store.getState().record, 'call_1')).toMatchObject({
      kind: 'tool',
      title: 'Find free times',
      state: 'done',
      reply: { ok: true },
    });
  });

  it('answer with the refusal when the server refuses, and try again once when the way was broken', async () => {
    const { network, askFor, output } = await liveCall();
    network.tool = () => refusalWith('rate_limited', 429, 3);
    askFor('find_slots');
    expect(JSON.parse((await output()).output)).toMatchObject({ ok: false, error: { code: 'rate_limited' } });

    const broken = await liveCall();
    let tries = 0;
    broken.network.tool = () =>
      ++tries === 1
        ? Promise.reject(new TypeError('Failed to fetch'))
        : Response.json({ ok: true, summary: '', data: 0 });
    broken.askFor('find_slots');
    await vi.advanceTimersByTimeAsync(300);
    expect(JSON.parse((await broken.output()).output)).toMatchObject({ ok: true });
  });

  it.each([['{"day":'], ['[]'], ['']])(
    'answer broken arguments %j, so that the agent goes on',
    async (args) => {
      const { network, askFor, output, sent } = await liveCall();
      askFor('find_slots', args);
      expect((await output()).output).toContain('bad_arguments');
      expect(sent('response.create')).toHaveLength(1);
      expect(network.to('/tools/find_slots')).toHaveLength(0);
    },
  );

  it('that do not exist are answered too', async () => {
    const { askFor, output, sent } = await liveCall();
    askFor('make_coffee');
    expect((await output()).output).toContain('not found');
    await vi.waitFor(() => expect(sent('response.create')).toHaveLength(1));
  });

  it('end the call when the person is signed out meanwhile', async () => {
    const { store, network, askFor } = await liveCall();
    network.tool = () => refusalWith('unauthenticated', 401);
    network.end = () => refusalWith('unauthenticated', 401);
    askFor('find_slots');
    expect((await phaseOf(store, 'ended')).phase).toEqual({
      name: 'ended',
      reason: 'signed_out',
      receipt: null,
    });
  });

  it('may answer after the hang-up: the record still tells', async () => {
    const { store, network, askFor } = await liveCall();
    let answer = (_response: Response) => {};
    network.tool = () => new Promise((resolve) => (answer = resolve));
    askFor('find_slots');
    await vi.waitFor(() => expect(network.to('/tools/find_slots')).toHaveLength(1));
    store.commands.end();
    answer(Response.json({ ok: true, summary: 'Booked.', data: 0 }));
    const { record } = await stateWhere(store, ({ record }) => {
      const card = entry(record, 'call_1');
      return card?.kind === 'tool' && card.state === 'done';
    });
    expect(record).toHaveLength(1);
  });
});

describe('approvals', () => {
  const book = '{"service":"tune-up","day":"Friday"}';

  it('wait for the person, then run and report the change', async () => {
    const onDataChanged = vi.fn();
    const { store, network, live, askFor, output } = await liveCall({}, onDataChanged);
    askFor('book_appointment', book);
    await stateWhere(store, ({ phase }) => phase.name === 'live' && phase.call.approval !== null);
    expect(live().approval).toEqual({
      toolCallId: 'call_1',
      toolName: 'book_appointment',
      title: 'Book an appointment',
      details: [
        { label: 'Service', value: 'tune-up' },
        { label: 'Day', value: 'Friday' },
      ],
      expiresAtMs: Date.now() + 30_000,
    });
    expect(entry(store.getState().record, 'call_1')).toMatchObject({ state: 'waiting_for_approval' });
    expect(network.to('/tools/book_appointment')).toHaveLength(0);
    store.commands.answerApproval('another', true);
    expect(live().approval).not.toBeNull();
    store.commands.answerApproval('call_1', true);
    expect(live().approval).toBeNull();
    expect(JSON.parse((await output()).output)).toMatchObject({ ok: true });
    expect(onDataChanged).toHaveBeenCalledOnce();
  });

  it('tell the model of a no, and run nothing', async () => {
    const onDataChanged = vi.fn();
    const { store, network, askFor, output, sent } = await liveCall({}, onDataChanged);
    askFor('book_appointment', book);
    await stateWhere(store, ({ phase }) => phase.name === 'live' && phase.call.approval !== null);
    store.commands.answerApproval('call_1', false);
    expect((await output()).output).toContain('said no');
    expect(sent('response.create')).toHaveLength(1);
    expect(network.to('/tools/book_appointment')).toHaveLength(0);
    expect(entry(store.getState().record, 'call_1')).toMatchObject({ state: 'denied' });
    expect(onDataChanged).not.toHaveBeenCalled();
  });

  it('are a no after 30 s, and the next question follows with its own 30 s', async () => {
    const { store, live, askFor, output } = await liveCall();
    askFor('book_appointment', book, 'call_1');
    askFor('book_appointment', book, 'call_2');
    await stateWhere(store, ({ phase }) => phase.name === 'live' && phase.call.approval !== null);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(live().approval).toMatchObject({ toolCallId: 'call_2', expiresAtMs: Date.now() + 30_000 });
    expect((await output()).output).toContain('within 30 seconds');
  });
});

describe('the end', () => {
  it('is silence first, then the hang-up, then the receipt; the record stays', async () => {
    const { store, network, peer, microphone, audio, sound, say } = await liveCall();
    say('resp_9', 'Good morning');
    network.end = () => {
      expect(peer().connectionState).not.toBe('closed');
      expect(microphone.track.readyState).toBe('ended');
      expect(audio).toMatchObject({ isPlaying: false, srcObject: null });
      expect(sound.isClosed).toBe(true);
      return Response.json({ callId: 'call-1', reason: 'replaced', seconds: 3, secondsLeftToday: 9 });
    };
    store.commands.end();
    expect(store.getState().phase).toEqual({ name: 'ending', reason: 'user' });
    store.commands.end();
    const { phase, record } = await phaseOf(store, 'ended');
    await vi.waitFor(() => expect(peer().connectionState).toBe('closed'));
    expect(phase).toMatchObject({ reason: 'replaced', receipt: { seconds: 3 } });
    expect(record).toMatchObject([{ kind: 'agent', text: 'Good morning', state: 'interrupted' }]);
    expect(network.to('/end')).toMatchObject([{ body: { reason: 'user' }, keepalive: true }]);
    expect(microphone.clones[0]?.track.readyState).toBe('ended');
    store.commands.start();
    expect(store.getState().record).toEqual([]);
  });

  it('leaves the connection after two seconds, even if the server does not answer', async () => {
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
    expect(store.getState().phase).toEqual({ name: 'ended', reason: 'user', receipt: null });
    expect(network.to('/end')).toHaveLength(2);
  });

  it('comes by itself at the deadline', async () => {
    const { store } = await liveCall();
    await vi.advanceTimersByTimeAsync(300_000);
    expect(store.getState().phase).toMatchObject({ name: 'ended', reason: 'time_limit' });
  });

  it('is told to the server when the page is left', async () => {
    const { store, network, leavePage } = await liveCall();
    leavePage();
    expect(network.to('/end')).toMatchObject([{ body: { reason: 'page_closed' }, keepalive: true }]);
    await phaseOf(store, 'ended');
    leavePage();
    expect(network.to('/end')).toHaveLength(1);
  });

  it.each([
    ['the server closes the channel', 'server_hangup'],
    ['the peer fails', 'connection_lost'],
    ['the network goes, then the peer', 'connection_lost'],
    ['the session is too old', 'time_limit'],
    ['the server closes just before the deadline', 'time_limit'],
  ])('is noticed at once when %s', async (what, reason) => {
    const { store, channel, peer, setOnline } = await liveCall();
    if (what === 'the peer fails') peer().setConnection('failed');
    if (what === 'the network goes, then the peer') {
      setOnline(false);
      peer().setConnection('closed');
    }
    if (what === 'the session is too old') {
      channel.emit({
        type: 'error',
        error: { type: 'invalid_request_error', code: 'session_expired', message: '' },
      });
    }
    if (what === 'the server closes just before the deadline') await vi.advanceTimersByTimeAsync(298_000);
    if (what.startsWith('the server closes')) channel.drop();
    expect(store.getState().phase).toEqual({ name: 'ending', reason });
    await phaseOf(store, 'ended');
  });
});

describe('goodbye', () => {
  it('ends the call when the farewell was heard', async () => {
    const { store, channel, live, askFor, output, say } = await liveCall();
    askFor('end_call');
    await output();
    say('resp_2', 'Goodbye, ride safely.');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(live().turn).toBe('agent_speaking');
    channel.emit({ type: 'output_audio_buffer.stopped', response_id: 'resp_2' });
    expect(store.getState().phase).toEqual({ name: 'ending', reason: 'goodbye' });
    expect(store.getState().record.at(-1)).toMatchObject({ state: 'done' });
  });

  it('ends it after an answer without words, when what was said before is over', async () => {
    const { store, channel, live, askFor, output, say } = await liveCall();
    say('resp_0', 'Goodbye!');
    askFor('end_call');
    await output();
    channel.emit({
      type: 'response.created',
      response: { id: 'resp_2', object: 'realtime.response', output: [] },
    });
    channel.emit({ type: 'response.done', response: { id: 'resp_2', status: 'completed', output: [] } });
    expect(live().turn).toBe('agent_speaking');
    channel.emit({ type: 'output_audio_buffer.stopped', response_id: 'resp_0' });
    expect(store.getState().phase).toMatchObject({ reason: 'goodbye' });
  });

  it('waits 8 s at most', async () => {
    const { store, askFor, output } = await liveCall();
    askFor('end_call');
    await output();
    await vi.advanceTimersByTimeAsync(7_900);
    expect(store.getState().phase.name).toBe('live');
    await vi.advanceTimersByTimeAsync(100);
    expect(store.getState().phase).toMatchObject({ reason: 'goodbye' });
  });
});

describe('the link', () => {
  it('is weak while the peer has no contact or the browser is offline, and good again after', async () => {
    const { live, peer, setOnline } = await liveCall();
    peer().setConnection('disconnected');
    expect(live().link).toBe('weak');
    peer().setConnection('connected');
    expect(live().link).toBe('good');
    setOnline(false);
    expect(live().link).toBe('weak');
    setOnline(true);
    expect(live().link).toBe('good');
  });

  it('is lost after 5 s without contact', async () => {
    const { store, peer } = await liveCall();
    peer().setConnection('disconnected');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(store.getState().phase).toMatchObject({ name: 'ended', reason: 'connection_lost' });
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

  it('goes on by typing when the microphone is unplugged', async () => {
    const { store, live, microphone } = await liveCall();
    microphone.track.unplug();
    expect(live().microphone).toBe('none');
    expect(store.getState().record).toMatchObject([{ kind: 'note' }]);
  });

  it('asks for a gesture when the browser blocks playback', async () => {
    const double = createStoreInDouble();
    double.audio.isBlocked = true;
    double.store.commands.start();
    const isBlocked = (blocked: boolean) =>
      stateWhere(
        double.store,
        ({ phase }) => phase.name === 'live' && phase.call.playbackBlocked === blocked,
      );
    await isBlocked(true);
    double.audio.isBlocked = false;
    double.store.commands.playAudio();
    await isBlocked(false);
    expect(double.audio.isPlaying).toBe(true);
  });
});

describe('the conversation', () => {
  it('moves the spoken mark while the agent speaks', async () => {
    const { store, say } = await liveCall();
    say('resp_1', 'Good morning, how can I help you today?');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(store.getState().record).toMatchObject([{ spokenChars: 15, state: 'speaking' }]);
  });

  it('stops the agent: cancels only what is being written, always clears what is being played', async () => {
    const { store, channel, sent, say } = await liveCall();
    say('resp_1', 'Good morning');
    store.commands.stopAgent();
    expect(sent('response.cancel')).toHaveLength(0);
    expect(sent('output_audio_buffer.clear')).toHaveLength(1);
    channel.emit({ type: 'output_audio_buffer.cleared', response_id: 'resp_1' });
    expect(store.getState().record).toMatchObject([{ state: 'interrupted' }]);
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
