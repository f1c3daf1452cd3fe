import { describe, expect, it } from 'vitest';
import { createTestClient, uniqueKey } from '../testing/test-client.ts';

const redis = createTestClient();

describe('several commands in one request', () => {
  it('pipeline: one failure does not stop the others', async () => {
    const [key, text] = [uniqueKey('n'), uniqueKey('text')];
    await redis.set(text, 'no number');
    const pipeline = redis.pipeline().set(key, 1).get(key).incr(text).get(key);
    const outcomes = await pipeline.exec({ keepErrors: true });
    expect(outcomes.map(({ result }) => result)).toEqual(['OK', 1, undefined, 1]);
    expect(outcomes[2]?.error).toMatch(/not an integer/);
  });

  it('auto-pipelining: commands of one tick share a request', async () => {
    const keys = Array.from({ length: 20 }, () => uniqueKey('auto'));
    await Promise.all(keys.map((key, index) => redis.set(key, { index })));
    const values = await Promise.all(keys.map((key) => redis.get(key)));
    expect(values).toEqual(keys.map((_, index) => ({ index })));
  });

  it('transaction: results in order, hashes as objects', async () => {
    const [key, hash] = [uniqueKey('n'), uniqueKey('hash')];
    await redis.hset(hash, { b: 'two' });
    const transaction = redis.multi().set(key, 1).incr(key).hgetall(hash).get(uniqueKey('none'));
    expect(await transaction.exec()).toEqual(['OK', 2, { b: 'two' }, null]);
  });

  it('transaction: a command that fails while it runs leaves the others applied', async () => {
    const [text, key] = [uniqueKey('text'), uniqueKey('n')];
    await redis.set(text, 'no number');
    await expect(redis.multi().incr(text).set(key, 1).exec()).rejects.toThrow(/not an integer/);
    expect(await redis.get(key)).toBe(1);
  });

  it('transaction: a command that does not exist discards all of it', async () => {
    const key = uniqueKey('n');
    const response = await fetch(`${process.env.UPSTASH_REDIS_REST_URL}/multi-exec`, {
      method: 'POST',
      headers: { authorization: `Bearer ${process.env.UPSTASH_REDIS_REST_TOKEN}` },
      body: JSON.stringify([['set', key, 1], ['nosuchcommand']]),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error: expect.stringMatching(/^EXECABORT/) });
    expect(await redis.get(key)).toBeNull();
  });

  it('transaction: nothing of another request gets in between', async () => {
    const key = uniqueKey('n');
    const transactions = Array.from({ length: 40 }, () =>
      redis.multi().incr(key).incr(key).exec<[number, number]>(),
    );
    const others = Array.from({ length: 40 }, () => redis.incr(key));
    const pairs = await Promise.all(transactions);
    await Promise.all(others);
    expect(pairs.every(([first, second]) => second === first + 1)).toBe(true);
    expect(await redis.get(key)).toBe(120);
  });
});
