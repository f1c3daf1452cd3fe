import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { liveCall } from '@/lib/client/testing/live-call';

beforeEach(
  () =>
    void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] }),
);
afterEach(() => void vi.useRealTimers());

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
    await vi.waitFor(() => expect(live().link).toBe('good'));
  });

  it('is lost after 5 s without contact', async () => {
    const { live, peer } = await liveCall();
    peer().setConnection('disconnected');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(live()).toMatchObject({ link: 'reconnecting' });
  });
});
