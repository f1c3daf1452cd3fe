import { describe, expect, it, vi } from 'vitest';
import { stopClock } from '@/lib/client/testing/clock';
import { untilState } from '@/lib/client/testing/fake-browser';
import { asDom, FakeStream, FakeTrack } from '@/lib/client/testing/fake-media';
import { liveCall } from '@/lib/client/testing/live-call';

stopClock();

const SERVER_VAD = { type: 'semantic_vad', eagerness: 'auto' };

async function pushToTalk() {
  const call = await liveCall();
  call.channel.emit({
    type: 'session.created',
    session: { audio: { input: { turn_detection: SERVER_VAD } } },
  });
  call.store.commands.setPushToTalk(true);
  await untilState(call.store, ({ phase }) => phase.name === 'live' && phase.call.microphone === 'released');
  const detections = () =>
    call.sent('session.update').flatMap(({ session }) => {
      const { audio } = session as { audio?: { input: { turn_detection: unknown } } };
      return audio === undefined ? [] : [audio.input.turn_detection];
    });
  const types = () => call.channel.sent.map(({ type }) => type);
  return { ...call, detections, types };
}

describe('push-to-talk', () => {
  it('switches turn detection off, and back to what the server had set', async () => {
    const { store, detections, microphone, live, remembered } = await pushToTalk();
    expect(detections()).toEqual([null]);
    expect(microphone.track.enabled).toBe(false);
    expect(remembered.get('parley.push-to-talk')).toBe('on');
    store.commands.setPushToTalk(false);
    await vi.waitFor(() => expect(live().microphone).toBe('on'));
    expect(detections()).toEqual([null, SERVER_VAD]);
    expect(microphone.track.enabled).toBe(true);
  });

  it('clears on press, commits and asks on release, after the last sound is through', async () => {
    const { store, types, microphone, live } = await pushToTalk();
    store.commands.holdToTalk(true);
    expect(live()).toMatchObject({ microphone: 'held', turn: 'user_speaking' });
    expect(microphone.track.enabled).toBe(true);
    expect(types().at(-1)).toBe('input_audio_buffer.clear');
    await vi.advanceTimersByTimeAsync(1_000);
    store.commands.holdToTalk(false);
    expect(live()).toMatchObject({ microphone: 'released', turn: 'thinking' });
    expect(types()).not.toContain('input_audio_buffer.commit');
    await vi.advanceTimersByTimeAsync(200);
    expect(microphone.track.enabled).toBe(false);
    expect(types().slice(-2)).toEqual(['input_audio_buffer.commit', 'response.create']);
  });

  it('goes on with the sentence when the key goes up for a moment', async () => {
    const { store, types, microphone, live } = await pushToTalk();
    store.commands.holdToTalk(true);
    await vi.advanceTimersByTimeAsync(1_000);
    store.commands.holdToTalk(false);
    await vi.advanceTimersByTimeAsync(100);
    store.commands.holdToTalk(true);
    expect(live()).toMatchObject({ microphone: 'held', turn: 'user_speaking' });
    await vi.advanceTimersByTimeAsync(200);
    expect(microphone.track.enabled).toBe(true);
    store.commands.holdToTalk(false);
    await vi.advanceTimersByTimeAsync(200);
    const sentence = ['input_audio_buffer.clear', 'input_audio_buffer.commit', 'response.create'];
    expect(types().filter((type) => type !== 'session.update')).toEqual(sentence);
  });

  it('closes the microphone when the connection drops before the last sound is through', async () => {
    const { store, channel, microphone } = await pushToTalk();
    store.commands.holdToTalk(true);
    await vi.advanceTimersByTimeAsync(1_000);
    store.commands.holdToTalk(false);
    channel.drop();
    expect(microphone.track.enabled).toBe(false);
  });

  it('takes a touch of the key for no sentence', async () => {
    const { store, types, live } = await pushToTalk();
    store.commands.holdToTalk(true);
    await vi.advanceTimersByTimeAsync(100);
    store.commands.holdToTalk(false);
    expect(live()).toMatchObject({ microphone: 'released', turn: 'listening' });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(types()).not.toContain('input_audio_buffer.commit');
  });

  it('sends nothing from a microphone that was found again while the screen says that the key is up', async () => {
    const { store, media, microphone, live, page, types } = await pushToTalk();
    store.commands.holdToTalk(true);
    await vi.advanceTimersByTimeAsync(1_000);
    const found = new FakeStream(new FakeTrack());
    media.open = () => Promise.reject(new DOMException('None', 'NotFoundError'));
    microphone.track.unplug();
    await vi.waitFor(() => expect(live().microphone).toBe('none'));
    await vi.advanceTimersByTimeAsync(200);
    expect(types().slice(-2)).toEqual(['input_audio_buffer.commit', 'response.create']);
    media.open = async () => asDom<MediaStream>(found);
    page('devicechange');
    await vi.waitFor(() => expect(live().microphone).toBe('released'));
    expect(found.track.enabled).toBe(false);
    store.commands.holdToTalk(true);
    expect(live().microphone).toBe('held');
  });

  it('stops the agent on press', async () => {
    const { store, say, types } = await pushToTalk();
    say('resp_9', 'Good morning');
    store.commands.holdToTalk(true);
    expect(types().slice(-2)).toEqual(['output_audio_buffer.clear', 'input_audio_buffer.clear']);
  });

  it.each(['blur', 'hidden'] as const)('is released when the page gets %s', async (what) => {
    const { store, page, live } = await pushToTalk();
    store.commands.holdToTalk(true);
    page(what);
    expect(live().microphone).toBe('released');
  });

  it('has no mute, and an open microphone has no key', async () => {
    const { store, live, microphone } = await pushToTalk();
    store.commands.setMuted(true);
    expect(live().microphone).toBe('released');
    store.commands.setPushToTalk(false);
    await vi.waitFor(() => expect(live().microphone).toBe('on'));
    store.commands.holdToTalk(true);
    expect(live().microphone).toBe('on');
    expect(microphone.track.enabled).toBe(true);
  });

  it('that is switched off where it is off leaves mute alone', async () => {
    const { store, live, microphone, remembered } = await liveCall();
    remembered.set('parley.push-to-talk', 'on');
    store.commands.setMuted(true);
    store.commands.setPushToTalk(false);
    await vi.waitFor(() => expect(remembered.has('parley.push-to-talk')).toBe(false));
    expect(live().microphone).toBe('muted');
    expect(microphone.track.enabled).toBe(false);
  });

  it('survives a dropped connection, and is applied to the next one', async () => {
    const { store, channel, live, peer, microphone } = await pushToTalk();
    store.commands.holdToTalk(true);
    channel.drop();
    expect(live()).toMatchObject({ link: 'reconnecting', microphone: 'released' });
    await vi.advanceTimersByTimeAsync(1_100);
    await untilState(store, ({ phase }) => phase.name === 'live' && phase.call.link === 'good');
    expect(microphone.track.enabled).toBe(false);
    expect(peer().channel.sent).toContainEqual({
      type: 'session.update',
      session: { type: 'realtime', audio: { input: { turn_detection: null } } },
    });
  });

  it('is still the user’s turn when the server confirms meanwhile that it does not listen for turns', async () => {
    const { store, channel, live } = await pushToTalk();
    store.commands.holdToTalk(true);
    // The reply to the question whether the connection is alive.
    channel.emit({ type: 'session.updated', session: { audio: { input: { turn_detection: null } } } });
    expect(live().turn).toBe('user_speaking');
  });

  it.each([
    ['on its way', 0, false],
    ['not confirmed', 500, false],
    ['in the conversation', 500, true],
  ])(
    'loses a sentence that is %s when the connection drops: the agent asks for it',
    async (_, ms, arrived) => {
      const call = await pushToTalk();
      call.store.commands.holdToTalk(true);
      await vi.advanceTimersByTimeAsync(1_000);
      call.store.commands.holdToTalk(false);
      await vi.advanceTimersByTimeAsync(ms);
      if (arrived) {
        const item_id = 'item_1';
        call.channel.emit({ type: 'input_audio_buffer.committed', item_id, previous_item_id: null });
        call.channel.emit({
          type: 'conversation.item.input_audio_transcription.completed',
          item_id,
          transcript: 'What is free?',
        });
      }
      call.channel.drop();
      await vi.advanceTimersByTimeAsync(1_100);
      await untilState(call.store, ({ phase }) => phase.name === 'live' && phase.call.link === 'good');
      const told = JSON.stringify(call.peer().channel.sent);
      expect(told.includes('last words are lost')).toBe(!arrived);
      expect(told).toContain('response.create');
    },
  );
});
