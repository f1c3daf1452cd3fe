import { connect, createServer, type Server, type Socket } from 'node:net';
import { Ratelimit } from '@upstash/ratelimit';
import { Redis } from '@upstash/redis';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createTcpRequester } from '@/lib/server/store/redis-tcp';
import { stopwatch } from '@/lib/server/testing/stopwatch';

const engineUrl = new URL(process.env.TEST_REDIS_URL ?? '');
const DEADLINE_MS = 800;
const uniqueKey = (name: string) => `test:${crypto.randomUUID()}:${name}`;

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function createClientFor(url: string | URL): Redis {
  const requester = createTcpRequester(String(url), DEADLINE_MS);
  cleanups.push(() => requester.close());
  return new Redis(requester);
}

async function listen(server: Server, port = 0): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

/** A connection to the engine that can be cut, or kept open without passing anything on. */
async function openWire() {
  const sockets = new Set<Socket>();
  const state = { silent: false };
  const server = createServer((near) => {
    const far = connect(Number(engineUrl.port), engineUrl.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk) => state.silent || to.write(chunk));
      from.on('error', () => undefined).on('close', () => to.destroy());
    }
  });
  const port = await listen(server);
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  const close = () => {
    cut();
    server.close();
  };
  cleanups.push(close);
  const url = new URL(engineUrl);
  url.port = String(port);
  return { url, state, cut, close, reopen: () => listen(server, port) };
}

/** A server that has become a replica, and whose name leads to the new primary from the second connection on. */
async function openDemoted() {
  let connections = 0;
  const server = createServer((near) => {
    connections += 1;
    near.on('error', () => undefined);
    if (connections > 1) {
      const far = connect(Number(engineUrl.port), engineUrl.hostname).on('error', () => undefined);
      near.pipe(far).pipe(near);
      return;
    }
    near.on('data', (chunk) => {
      for (const [, name = ''] of String(chunk).matchAll(/\*\d+\r\n\$\d+\r\n(\w+)/g)) {
        const isGreeting = ['AUTH', 'CLIENT', 'SELECT'].includes(name.toUpperCase());
        near.write(isGreeting ? '+OK\r\n' : "-READONLY You can't write against a read only replica.\r\n");
      }
    });
  });
  const url = new URL(engineUrl);
  url.port = String(await listen(server));
  cleanups.push(() => server.close());
  return url;
}

const timeToFail = (command: () => Promise<unknown>) => stopwatch(() => expect(command()).rejects.toThrow());

describe('the Upstash client over TCP', () => {
  it('returns values of every kind', async () => {
    const redis = createClientFor(engineUrl);
    const [value, hash, list, stream] = [uniqueKey('v'), uniqueKey('h'), uniqueKey('l'), uniqueKey('s')];
    const zset = uniqueKey('z');
    expect(await redis.set(value, { é: '日本', n: [1, null, true] }, { nx: true, ex: 60 })).toBe('OK');
    expect(await redis.set(value, 1, { nx: true })).toBeNull();
    expect(await redis.get(value)).toEqual({ é: '日本', n: [1, null, true] });
    await redis.hset(hash, { a: 1, b: 'two' });
    expect(await redis.hgetall(hash)).toEqual({ a: 1, b: 'two' });
    await redis.rpush<string | number>(list, 1, 'b');
    expect(await redis.lrange(list, 0, -1)).toEqual([1, 'b']);
    const id = await redis.xadd(stream, '*', { type: 'end' });
    expect(await redis.xrange(stream, '-', '+')).toEqual({ [id]: { type: 'end' } });
    await redis.zadd(zset, { score: 1.5, member: 'm' });
    expect(await redis.zrange(zset, 0, -1, { withScores: true })).toEqual(['m', 1.5]);
  });

  it('pipelines, with one error among the results', async () => {
    const [key, text] = [uniqueKey('n'), uniqueKey('text')];
    const redis = createClientFor(engineUrl);
    const pipeline = redis.pipeline().set(text, 'no number').incr(text).incr(key);
    const outcomes = await pipeline.exec({ keepErrors: true });
    expect(outcomes.map(({ result }) => result)).toEqual(['OK', undefined, 1]);
    expect(outcomes[1]?.error).toMatch(/not an integer/);
  });

  it('runs transactions, and throws when one is discarded', async () => {
    const redis = createClientFor(engineUrl);
    const key = uniqueKey('n');
    expect(await redis.multi().set(key, 1).incr(key).get(uniqueKey('none')).exec()).toEqual(['OK', 2, null]);
    const requester = createTcpRequester(String(engineUrl), DEADLINE_MS);
    cleanups.push(() => requester.close());
    const body = [['set', key, 9], ['nosuchcommand']];
    await expect(requester.request({ path: ['multi-exec'], body })).rejects.toThrow(/unknown command/);
    expect(await redis.get(key)).toBe(2);
  });

  it('throws the error of one command, and stays usable', async () => {
    const redis = createClientFor(engineUrl);
    const key = uniqueKey('text');
    await redis.set(key, 'no number');
    await expect(redis.incr(key)).rejects.toThrow(/not an integer/);
    expect(await redis.get(key)).toBe('no number');
  });

  it("runs scripts with Upstash's flag, by text and by hash", async () => {
    const redis = createClientFor(engineUrl);
    const script = redis.createScript<number>(
      `#!lua flags=allow-key-locking\nreturn tonumber(ARGV[1]) + 1 -- ${uniqueKey('script')}`,
    );
    expect(await script.exec([], ['1'])).toBe(2);
    expect(await script.exec([], ['2'])).toBe(3);
    expect(await redis.evalsha(await redis.scriptLoad(script.script), [], ['3'])).toBe(4);
  });

  it.each([
    ['fixed window', Ratelimit.fixedWindow(3, '2 h')],
    ['sliding window', Ratelimit.slidingWindow(3, '2 h')],
    ['token bucket', Ratelimit.tokenBucket(1, '2 h', 3)],
  ])('carries @upstash/ratelimit: %s, exact with 20 requests at once', async (_name, limiter) => {
    const redis = createClientFor(engineUrl);
    const options = {
      redis,
      limiter,
      prefix: uniqueKey('limit'),
      timeout: 0,
      ephemeralCache: false,
    } as const;
    const limit = new Ratelimit(options);
    const results = await Promise.all(Array.from({ length: 20 }, () => limit.limit('user')));
    expect(results.filter(({ success }) => success)).toHaveLength(3);
    expect((await limit.getRemaining('user')).remaining).toBe(0);
  });
});

describe('trouble', () => {
  it('fails at once if nothing listens', async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((done) => server.close(done));
    const redis = createClientFor(`redis://127.0.0.1:${port}`);
    expect((await timeToFail(() => redis.get('key'))).ownMs).toBeLessThan(DEADLINE_MS / 2);
    expect((await timeToFail(() => redis.get('key'))).ownMs).toBeLessThan(DEADLINE_MS / 2);
  });

  it('fails at once with a wrong password', async () => {
    const url = new URL(engineUrl);
    url.password = 'wrong';
    expect((await timeToFail(() => createClientFor(url).get('key'))).ownMs).toBeLessThan(DEADLINE_MS / 2);
  });

  it('fails at the deadline without a reply, also while connecting', async () => {
    const server = createServer();
    cleanups.push(() => server.close());
    const redis = createClientFor(`redis://127.0.0.1:${await listen(server)}`);
    const { elapsedMs, ownMs } = await timeToFail(() => redis.pipeline().get('key').get('key').exec());
    expect(elapsedMs).toBeGreaterThan(DEADLINE_MS - 20);
    expect(ownMs).toBeLessThan(DEADLINE_MS * 2);
  });

  it('fails at the deadline when the connection goes silent, then uses a new one', async () => {
    const wire = await openWire();
    const redis = createClientFor(wire.url);
    expect(await redis.ping()).toBe('PONG');
    wire.state.silent = true;
    expect((await timeToFail(() => redis.ping())).ownMs).toBeLessThan(DEADLINE_MS * 2);
    wire.state.silent = false;
    expect(await redis.ping()).toBe('PONG');
  });

  it('fails at once while the connection is lost, and recovers on its own', async () => {
    const wire = await openWire();
    const redis = createClientFor(wire.url);
    expect(await redis.ping()).toBe('PONG');
    wire.close();
    await vi.waitFor(() => expect(redis.ping()).rejects.toThrow(), { timeout: 5_000 });
    expect((await timeToFail(() => redis.ping())).ownMs).toBeLessThan(DEADLINE_MS / 2);
    await wire.reopen();
    await vi.waitFor(async () => expect(await redis.ping()).toBe('PONG'), { timeout: 5_000 });
  });

  it.each<[string, (redis: Redis) => Promise<unknown>]>([
    ['a command', (redis) => redis.set(uniqueKey('v'), 1)],
    ['a pipeline', (redis) => redis.pipeline().set(uniqueKey('v'), 1).set(uniqueKey('w'), 1).exec()],
    ['a script', (redis) => redis.eval('return 1', [], [])],
  ])(
    'leaves a server that became a replica: %s fails once, and the next finds the new primary',
    async (_, write) => {
      const redis = createClientFor(await openDemoted());
      await expect(write(redis)).rejects.toThrow(/READONLY/);
      await expect(write(redis)).resolves.toBeTruthy();
    },
  );
});
