import { describe, expect, it, vi } from 'vitest';
import { createIdleWatch } from '@/lib/client/page/idle-watch';
import type { LiveCallState } from '@/lib/client/state/call-state';
import { stopClock } from '@/lib/client/testing/clock';
import { untilPhase } from '@/lib/client/testing/fake-browser';
import { liveCall } from '@/lib/client/testing/live-call';
import { approval, call } from '@/lib/client/testing/phases';

const QUIET_CALL: LiveCallState = { ...call, turn: 'listening' };

/** Reads once a second. `wait` returns what is known when so many more seconds have passed. */
function createQuiet(quiet = QUIET_CALL) {
  const watch = createIdleWatch();
  let atMs = 0;
  watch.read(quiet, atMs);
  const wait = (seconds: number) => {
    for (let second = 0; second < seconds; second += 1) {
      atMs += 1_000;
      watch.read(quiet, atMs);
    }
    return watch.read(quiet, atMs);
  };
  return { watch, wait };
}

describe('nobody is there', () => {
  it.each<[string, Partial<LiveCallState>, number, number]>([
    ['an open microphone', {}, 30, 60],
    ['a muted one', { microphone: 'muted' }, 120, 180],
    ['a typed call', { microphone: 'none' }, 120, 180],
    ['push-to-talk', { microphone: 'released' }, 120, 180],
    ['a device that took the microphone', { interruption: 'microphone' }, 120, 180],
  ])('with %s: asks, then is over', (_, change, asksAfter, endsAfter) => {
    const quiet = { ...call, turn: 'listening', ...change } as LiveCallState;
    const { wait } = createQuiet(quiet);
    expect([wait(asksAfter - 1), wait(1), wait(endsAfter - asksAfter - 1), wait(1)]).toEqual([
      'present',
      'asked',
      'asked',
      'gone',
    ]);
  });

  it.each<[string, Partial<LiveCallState>]>([
    ['the user speaks', { turn: 'user_speaking' }],
    ['the agent speaks', { turn: 'agent_speaking' }],
    ['the agent thinks', { turn: 'thinking' }],
    ['an answer is awaited', { approval }],
    ['the connection is gone', { link: 'reconnecting' }],
    ['the key is held', { microphone: 'held' }],
  ])('is not concluded while %s, and the waiting begins anew after it', (_, change) => {
    const { watch, wait } = createQuiet();
    expect(wait(50)).toBe('asked');
    expect(watch.read({ ...QUIET_CALL, ...change }, 50_000)).toBe('present');
    expect([wait(29), wait(1)]).toEqual(['present', 'asked']);
  });

  it('is not concluded after a touch', () => {
    const { watch, wait } = createQuiet();
    wait(45);
    watch.touched();
    expect([wait(29), wait(1)]).toEqual(['present', 'asked']);
  });

  it('is concluded as ever after somebody set the clock back', () => {
    const { watch } = createQuiet();
    let atMs = 10_000_000;
    watch.read(QUIET_CALL, atMs);
    atMs = 0;
    watch.read(QUIET_CALL, atMs);
    for (; atMs < 29_000; atMs += 1_000) watch.read(QUIET_CALL, atMs);
    expect(watch.read(QUIET_CALL, 31_000)).toBe('asked');
  });

  it('is not concluded from the sleep of a device', () => {
    const { watch } = createQuiet();
    expect(watch.read(QUIET_CALL, 600_000)).toBe('present');
  });
});

describe('a call with nobody there', () => {
  stopClock();

  it('asks after half a minute, and ends itself after a minute, with the reason', async () => {
    const { store, live, network } = await liveCall();
    await vi.advanceTimersByTimeAsync(31_000);
    expect(live().hint).toBe('nobody');
    await vi.advanceTimersByTimeAsync(30_000);
    expect((await untilPhase(store, 'ended')).phase).toMatchObject({ reason: 'idle' });
    expect(network.to('/end').map(({ body }) => body)).toEqual([{ reason: 'idle' }]);
  });

  it('goes on when the page is touched, and when the user speaks', async () => {
    const { live, page, channel } = await liveCall();
    await vi.advanceTimersByTimeAsync(31_000);
    page('touched');
    await vi.advanceTimersByTimeAsync(200);
    expect(live().hint).not.toBe('nobody');
    await vi.advanceTimersByTimeAsync(31_000);
    channel.emit({ type: 'input_audio_buffer.speech_started', item_id: 'u1' });
    await vi.advanceTimersByTimeAsync(200);
    expect(live()).toMatchObject({ turn: 'user_speaking', hint: null });
  });
});
