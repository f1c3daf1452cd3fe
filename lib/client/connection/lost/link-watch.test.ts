import { describe, expect, it, vi } from 'vitest';
import type { LiveCallState } from '@/lib/client/state/call-state';
import { stopClock } from '@/lib/client/testing/clock';
import { liveCall } from '@/lib/client/testing/live-call';

stopClock();

type Call = Awaited<ReturnType<typeof liveCall>>;
const linkOf = ({ store }: Call): LiveCallState['link'] | null => {
  const { phase } = store.getState();
  return phase.name === 'live' ? phase.call.link : null;
};

describe('the link', () => {
  it('is weak while the peer has no contact or the browser is offline, and good again after', async () => {
    const { live, peer, channel, setOnline } = await liveCall();
    const { onSent } = channel;
    channel.onSent = () => {};
    peer().setConnection('disconnected');
    await vi.advanceTimersByTimeAsync(400);
    expect(live().link).toBe('weak');
    channel.onSent = onSent;
    peer().setConnection('connected');
    expect(live().link).toBe('good');
    setOnline(false);
    expect(live().link).toBe('weak');
    setOnline(true);
    await vi.waitFor(() => expect(live().link).toBe('good'));
  });

  it('is lost when the peer has no contact and the server does not reply for 3 s', async () => {
    const { live, peer, channel } = await liveCall();
    channel.onSent = () => {};
    peer().setConnection('disconnected');
    await vi.advanceTimersByTimeAsync(3_000);
    expect(live()).toMatchObject({ link: 'reconnecting' });
  });

  it('is good as long as the server replies, whatever the browser takes the peer for', async () => {
    const call = await liveCall();
    const links: unknown[] = [];
    call.store.subscribe(() => links.push(linkOf(call)));
    call.peer().setConnection('disconnected');
    await vi.advanceTimersByTimeAsync(20_000);
    expect(call.peer().connectionState).toBe('disconnected');
    expect(new Set(links)).toEqual(new Set(['good']));
    call.channel.onSent = () => {};
    await vi.advanceTimersByTimeAsync(4_500);
    expect(links).toContain('reconnecting');
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
