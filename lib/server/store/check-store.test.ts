import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startRedis } from '@parley/redis-sandbox';
import { Redis } from '@upstash/redis';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { evicts, readStoreError } from '@/lib/server/store/check-store';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
  vi.unstubAllEnvs();
});

/** Settings are read once per process, so each case loads the module again. */
async function check(url: string, token: string) {
  vi.resetModules();
  vi.stubEnv('LOG_LEVEL', 'silent');
  vi.stubEnv('UPSTASH_REDIS_REST_URL', url);
  vi.stubEnv('UPSTASH_REDIS_REST_TOKEN', token);
  return (await import('@/lib/server/store/check-store')).checkStore();
}

/** Starts a database over HTTP that says the same to every command. */
async function startReplying(status: number, body: object): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    const isPipeline = request.url?.includes('pipeline');
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isPipeline && status === 200 ? [body] : body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('the check', () => {
  test('finds nothing wrong with an engine that can be written to, and leaves nothing there for longer than a minute', async () => {
    const engine = await startRedis();
    closers.push(engine.close);
    expect(await check(engine.url, engine.token)).toBeNull();
    const redis = new Redis({ url: engine.url, token: engine.token, enableTelemetry: false });
    const keys = await redis.keys('*');
    expect(keys).toHaveLength(2);
    for (const key of keys) expect(await redis.ttl(key)).toBeLessThanOrEqual(60);
  });

  test.each<[string, number, object, string]>([
    [
      'a token that may only read',
      400,
      { error: "NOPERM this user has no permissions to run the 'evalsha' command" },
      'store_read_only',
    ],
    ['a wrong token', 401, { error: 'WRONGPASS invalid or missing auth token' }, 'store_refused'],
    [
      'a plan that is used up',
      400,
      { error: 'ERR max requests limit exceeded. Limit: 1' },
      'store_quota_used',
    ],
    [
      'an engine that evicts',
      200,
      { result: 'maxmemory:100\r\nmaxmemory_policy:allkeys-lru\r\n' },
      'store_evicts',
    ],
    ['an engine that says nothing of its memory', 200, { result: '' }, 'null'],
    ['nonsense', 200, { result: 5 }, 'store_unreachable'],
  ])('of %s', async (_, status, body, problem) => {
    expect(String(await check(await startReplying(status, body), 't'))).toBe(problem);
  });
});

test.each<[string, string]>([
  ["CROSSSLOT Keys in request don't hash to the same slot", 'store_cluster'],
  ['MOVED 3999 10.0.0.2:6379', 'store_cluster'],
  ["NOPERM this user has no permissions to run the 'evalsha' command", 'store_read_only'],
  ["READONLY You can't write against a read only replica.", 'store_read_only'],
  ['WRONGPASS invalid or missing auth token', 'store_refused'],
  ['NOAUTH Authentication required.', 'store_refused'],
  ['ERR max requests limit exceeded. Limit: 500000, Usage: 500000.', 'store_quota_used'],
  ['ERR max daily request limit exceeded. Limit: 10000', 'store_quota_used'],
  ['fetch failed', 'store_unreachable'],
])('"%s" is %s', (message, problem) => {
  expect(readStoreError(new Error('refused', { cause: new Error(message) }))).toBe(problem);
});

test.each<[string, string, boolean]>([
  ['no limit of memory', 'maxmemory:0\r\nmaxmemory_policy:allkeys-lru\r\n', false],
  ['noeviction', 'maxmemory:1000\r\nmaxmemory_policy:noeviction\r\n', false],
  ['volatile-lru', 'used_memory:1\r\nmaxmemory:1000\r\nmaxmemory_policy:volatile-lru\r\n', true],
  ['a host that shows the policy alone', 'maxmemory_policy:allkeys-lfu\r\n', true],
  ['a host that shows nothing', '', false],
])('%s evicts: %s', (_, info, evicting) => {
  expect(evicts(info)).toBe(evicting);
});
