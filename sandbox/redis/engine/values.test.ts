import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createTestClient, uniqueKey } from '../testing/test-client.ts';

const redis = createTestClient();

describe('values', () => {
  it.each([
    ['nested JSON and unicode', { a: [1, 'x', null, { b: true }], é: '日本 🎙️' }],
    ['a plain string', 'plain user'],
    ['a string that is also valid base64', 'user'],
    ['a boolean', true],
    ['a number', 1.5],
    ['an empty string', ''],
  ])('gives back %s', async (_name, value) => {
    const key = uniqueKey('value');
    await redis.set(key, value);
    expect(await redis.get(key)).toEqual(value);
  });

  it('keeps digits beyond the precision of a number as text', async () => {
    const key = uniqueKey('digits');
    await redis.set(key, '12345678901234567890');
    expect(String(await redis.get(key))).toBe('12345678901234567890');
  });

  it('returns null for a missing key', async () => {
    expect(await redis.get(uniqueKey('missing'))).toBeNull();
  });

  it('stores one megabyte', async () => {
    const key = uniqueKey('big');
    await redis.set(key, 'é'.repeat(500_000));
    expect(await redis.get<string>(key)).toHaveLength(500_000);
  });

  it('sets once with NX and EX, and returns the old value with GET', async () => {
    const key = uniqueKey('once');
    expect(await redis.set(key, { state: 1 }, { nx: true, ex: 60 })).toBe('OK');
    expect(await redis.set(key, 2, { nx: true, ex: 60 })).toBeNull();
    expect(await redis.ttl(key)).toBeGreaterThan(50);
    expect(await redis.set(key, 3, { get: true })).toEqual({ state: 1 });
  });

  it('forgets a key after its milliseconds', async () => {
    const key = uniqueKey('short');
    await redis.set(key, 1, { px: 100 });
    await sleep(150);
    expect(await redis.get(key)).toBeNull();
  });

  it('counts, reads with a new expiry, reads and deletes', async () => {
    const key = uniqueKey('counter');
    await redis.set(key, 5);
    expect(await redis.incrby(key, 3)).toBe(8);
    expect(await redis.incrbyfloat(key, 0.25)).toBe(8.25);
    expect(await redis.getex(key, { ex: 10 })).toBe(8.25);
    expect(await redis.getdel(key)).toBe(8.25);
    expect(await redis.mget(key, key)).toEqual([null, null]);
  });

  it('scans by pattern, returns type and existence, deletes', async () => {
    const prefix = uniqueKey('scan');
    await Promise.all(Array.from({ length: 30 }, (_, index) => redis.set(`${prefix}:${index}`, index)));
    const found: string[] = [];
    let cursor = '0';
    do {
      const [next, keys] = await redis.scan(cursor, { match: `${prefix}:*`, count: 200 });
      cursor = next;
      found.push(...keys);
    } while (cursor !== '0');
    expect(new Set(found).size).toBe(30);
    expect(await redis.type(`${prefix}:1`)).toBe('string');
    expect(await redis.exists(`${prefix}:1`, `${prefix}:none`)).toBe(1);
    expect(await redis.del(...found)).toBe(30);
  });

  it('counts the keys of the database', async () => {
    await redis.set(uniqueKey('any'), 1);
    expect(await redis.dbsize()).toBeGreaterThan(0);
  });
});
