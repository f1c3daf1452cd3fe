import { setTimeout as sleep } from 'node:timers/promises';
import { Analytics, MultiRegionRatelimit, Ratelimit } from '@upstash/ratelimit';
import { describe, expect, it } from 'vitest';
import { createTestClient, createTestLimiter, uniqueKey } from '../testing/test-client.ts';

const redis = createTestClient();

async function successes(limiter: Pick<Ratelimit, 'limit'>, times: number): Promise<boolean[]> {
  const results: boolean[] = [];
  for (let call = 0; call < times; call++) {
    const { success, pending } = await limiter.limit('user');
    await pending;
    results.push(success);
  }
  return results;
}

describe('@upstash/ratelimit', () => {
  it('fixed window: counts, reports what is left, resets', async () => {
    const limiter = createTestLimiter(redis, Ratelimit.fixedWindow(3, '2 h'));
    expect(await successes(limiter, 5)).toEqual([true, true, true, false, false]);
    expect((await limiter.getRemaining('user')).remaining).toBe(0);
    await limiter.resetUsedTokens('user');
    expect((await limiter.getRemaining('user')).remaining).toBe(3);
  });

  it('sliding window: counts and gives back', async () => {
    const limiter = createTestLimiter(redis, Ratelimit.slidingWindow(3, '2 h'));
    expect(await successes(limiter, 4)).toEqual([true, true, true, false]);
    await limiter.limit('user', { rate: -1 });
    expect(await successes(limiter, 2)).toEqual([true, false]);
  });

  it('sliding window: allows again when time has passed', async () => {
    const limiter = createTestLimiter(redis, Ratelimit.slidingWindow(2, '400 ms'));
    // Into the next window: a timer may fire a moment early.
    await sleep(420 - (Date.now() % 400));
    expect(await successes(limiter, 3)).toEqual([true, true, false]);
    await sleep(850);
    expect(await successes(limiter, 1)).toEqual([true]);
  });

  it('token bucket: burst, weights, refund', async () => {
    const limiter = createTestLimiter(redis, Ratelimit.tokenBucket(1, '1 h', 3));
    expect(await successes(limiter, 4)).toEqual([true, true, true, false]);
    expect((await limiter.limit('user', { rate: 2 })).success).toBe(false);
    await limiter.limit('user', { rate: -2 });
    expect((await limiter.getRemaining('user')).remaining).toBe(2);
  });

  it('cached fixed window', async () => {
    const ephemeralCache = new Map();
    const limiter = createTestLimiter(redis, Ratelimit.cachedFixedWindow(2, '2 h'), { ephemeralCache });
    expect(await successes(limiter, 3)).toEqual([true, true, false]);
  });

  it('ephemeral cache: a blocked caller costs no request', async () => {
    const ephemeralCache = new Map();
    const limiter = createTestLimiter(redis, Ratelimit.fixedWindow(1, '2 h'), { ephemeralCache });
    await successes(limiter, 2);
    expect((await limiter.limit('user')).reason).toBe('cacheBlock');
  });

  it('dynamic limits: changed and taken back at run time', async () => {
    const limiter = createTestLimiter(redis, Ratelimit.slidingWindow(5, '2 h'), { dynamicLimits: true });
    await limiter.setDynamicLimit({ limit: 1 });
    expect((await limiter.limit('user')).limit).toBe(1);
    expect((await limiter.limit('user')).success).toBe(false);
    expect((await limiter.getDynamicLimit()).dynamicLimit).toBe(1);
    await limiter.setDynamicLimit({ limit: false });
    expect((await limiter.limit('user')).success).toBe(true);
  });

  it('analytics: usage, history, who was allowed and who was not', async () => {
    const prefix = uniqueKey('analytics');
    const limiter = createTestLimiter(redis, Ratelimit.fixedWindow(1, '2 h'), { prefix, analytics: true });
    await successes(limiter, 2);
    const analytics = new Analytics({ redis, prefix });
    expect(await analytics.getUsage(Date.now() - 3_600_000)).toEqual({ user: { success: 1, blocked: 1 } });
    expect(await analytics.getUsageOverTime(2, 'success')).toHaveLength(2);
    const { allowed, ratelimited } = await analytics.getMostAllowedBlocked(1);
    expect(allowed[0]?.identifier).toBe('user');
    expect(ratelimited[0]?.count).toBe(1);
  });

  it('deny list', async () => {
    const prefix = uniqueKey('deny');
    const limiter = createTestLimiter(redis, Ratelimit.fixedWindow(10, '2 h'), {
      prefix,
      enableProtection: true,
    });
    // Keeps the library from fetching its public list of addresses.
    await redis.set(`${prefix}:ipDenyListStatus`, 'disabled');
    await redis.sadd(`${prefix}:denyList:all`, '6.6.6.6');
    expect((await limiter.limit('user', { ip: '1.1.1.1' })).success).toBe(true);
    expect(await limiter.limit('user', { ip: '6.6.6.6' })).toMatchObject({
      success: false,
      reason: 'denyList',
    });
  });

  it('waits until there is room', async () => {
    const limiter = createTestLimiter(redis, Ratelimit.fixedWindow(1, '300 ms'));
    await limiter.limit('user');
    expect((await limiter.blockUntilReady('user', 3000)).success).toBe(true);
  });

  it.each(['fixedWindow', 'slidingWindow'] as const)('several regions: %s', async (algorithm) => {
    const limiter = new MultiRegionRatelimit({
      redis: [redis],
      limiter: MultiRegionRatelimit[algorithm](2, '2 h'),
      prefix: uniqueKey(algorithm),
      timeout: 0,
      ephemeralCache: false,
    });
    expect(await successes(limiter, 3)).toEqual([true, true, false]);
  });

  it('allows exactly the limit when 60 requests arrive at once', async () => {
    const limiter = createTestLimiter(redis, Ratelimit.slidingWindow(20, '2 h'));
    const results = await Promise.all(Array.from({ length: 60 }, () => limiter.limit('user')));
    expect(results.filter(({ success }) => success)).toHaveLength(20);
  });
});
