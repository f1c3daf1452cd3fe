import { describe, expect, it } from 'vitest';
import { createTestClient, uniqueKey } from '../testing/test-client.ts';

const redis = createTestClient();

describe('collections', () => {
  it('hash: fields as an object, increments, null when missing', async () => {
    const key = uniqueKey('hash');
    expect(await redis.hset(key, { a: 1, b: 'two', c: { d: 1 } })).toBe(3);
    expect(await redis.hgetall(key)).toEqual({ a: 1, b: 'two', c: { d: 1 } });
    expect(await redis.hgetall(uniqueKey('none'))).toBeNull();
    expect(await redis.hmget(key, 'a', 'none')).toEqual({ a: 1, none: null });
    expect(await redis.hincrby(key, 'a', 5)).toBe(6);
    expect(await redis.hincrbyfloat(key, 'f', 0.5)).toBe(0.5);
  });

  it('hash: expiry of one field', async () => {
    const key = uniqueKey('hash');
    await redis.hset(key, { a: 1 });
    expect(await redis.hexpire(key, 'a', 100)).toEqual([1]);
  });

  it('set: members', async () => {
    const key = uniqueKey('set');
    expect(await redis.sadd(key, 'a', 'b')).toBe(2);
    expect(await redis.sismember(key, 'a')).toBe(1);
    expect(await redis.smismember(key, ['a', 'q'])).toEqual([1, 0]);
    expect((await redis.smembers(key)).sort()).toEqual(['a', 'b']);
  });

  it('sorted set: ranges by score, both ways', async () => {
    const key = uniqueKey('zset');
    const members = [
      { score: 1, member: 'a' },
      { score: 2.5, member: 'b' },
      { score: 3, member: { id: 1 } },
    ] as const;
    expect(await redis.zadd<string | { id: number }>(key, ...members)).toBe(3);
    expect(await redis.zrange(key, 0, 2.7, { byScore: true, withScores: true })).toEqual(['a', 1, 'b', 2.5]);
    const last = await redis.zrange(key, '+inf', '-inf', { byScore: true, rev: true, offset: 0, count: 1 });
    expect(last).toEqual([{ id: 1 }]);
    expect(await redis.zremrangebyscore(key, 0, 1)).toBe(1);
    expect(await redis.zcard(key)).toBe(2);
    expect(await redis.zscore(key, 'b')).toBe(2.5);
    expect(await redis.zincrby(key, 1, 'b')).toBe(3.5);
  });

  it('list: newest first, trimmed', async () => {
    const key = uniqueKey('list');
    await redis.lpush<string | { a: number }>(key, { a: 1 }, 'b');
    await redis.ltrim(key, 0, 99);
    expect(await redis.lrange(key, 0, -1)).toEqual(['b', { a: 1 }]);
  });

  it('stream: capped append, ranges both ways, read', async () => {
    const key = uniqueKey('stream');
    const trim = { type: 'MAXLEN', threshold: 1000, comparison: '~' } as const;
    const id = await redis.xadd(key, '*', { type: 'tool', data: { a: 1 } }, { trim });
    await redis.xadd(key, '*', { type: 'end' });
    expect((await redis.xrange(key, '-', '+'))[id]).toEqual({ type: 'tool', data: { a: 1 } });
    expect(Object.values(await redis.xrevrange(key, '+', '-', 1))).toEqual([{ type: 'end' }]);
    expect(await redis.xlen(key)).toBe(2);
    expect(await redis.xread(key, '0-0', { count: 1 })).toEqual([[key, [[id, expect.anything()]]]]);
  });

  it('stream: consumer groups', async () => {
    const key = uniqueKey('stream');
    const id = await redis.xadd(key, '*', { n: 1 });
    await redis.xgroup(key, { type: 'CREATE', group: 'g', id: '0' });
    const read = await redis.xreadgroup('g', 'consumer', key, '>', { count: 1 });
    expect(read).toEqual([[key, [[id, expect.anything()]]]]);
  });
});
