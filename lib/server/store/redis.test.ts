import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRedis, getRedis } from '@/lib/server/store/redis';
import { stopwatch } from '@/lib/server/testing/stopwatch';

let server: Server;
let respond: RequestListener;
let requests: { path: string | undefined; body: string }[];
let url: string;

beforeEach(async () => {
  requests = [];
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    requests.push({ path: request.url, body });
    respond(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

const client = () => createRedis({ kind: 'rest', url, token: 'token' });

const timeToFail = (command: () => Promise<unknown>) => stopwatch(() => expect(command()).rejects.toThrow());

describe('createRedis over HTTP', () => {
  it('throws after 1.5 seconds without a reply: never a value', async () => {
    respond = () => undefined;
    const redis = client();
    const attempts = [
      () => redis.get('a'),
      () => redis.set('b', 1),
      () => redis.hgetall('c'),
      () => redis.multi().get('d').exec(),
    ];
    for (const { elapsedMs, ownMs } of await Promise.all(attempts.map(timeToFail))) {
      expect(elapsedMs).toBeGreaterThan(1_450);
      expect(ownMs).toBeLessThan(3_000);
    }
  });

  it('throws after 1.5 seconds if the reply never ends', async () => {
    respond = (_request, response) => response.writeHead(200).write('[{"result":');
    expect((await timeToFail(() => client().get('a'))).ownMs).toBeLessThan(3_000);
  });

  it('tries twice, then throws, when nothing listens', async () => {
    respond = (request) => request.socket.destroy();
    expect((await timeToFail(() => client().hgetall('a'))).ownMs).toBeLessThan(1_000);
    expect(requests).toHaveLength(2);
  });

  it.each([
    ['500', 500, '{"error":"ERR internal"}'],
    ['401', 401, '{"error":"WRONGPASS"}'],
    ['HTML', 502, '<html>Bad gateway</html>'],
    ['nonsense', 200, 'nonsense'],
  ])('throws on %s, without trying again', async (_name, status, body) => {
    respond = (_request, response) => response.writeHead(status).end(body);
    await expect(client().get('a')).rejects.toThrow();
    expect(requests).toHaveLength(1);
  });

  it('sends the commands of one tick in one request', async () => {
    respond = (_request, response) => response.end('[{"result":1},{"result":"Mg=="}]');
    const redis = client();
    expect(await Promise.all([redis.incr('a'), redis.evalsha('abc', ['b'], [])])).toEqual([1, 2]);
    expect(requests).toEqual([{ path: '/pipeline', body: '[["incr","a"],["evalsha","abc",1,"b"]]' }]);
  });
});

describe('getRedis', () => {
  it('is one client, and works', async () => {
    expect(getRedis()).toBe(getRedis());
    expect(await getRedis().ping()).toBe('PONG');
  });

  it('refuses without a Redis', async () => {
    for (const name of ['UPSTASH_REDIS_REST_URL', 'UPSTASH_REDIS_REST_TOKEN']) vi.stubEnv(name, '');
    vi.resetModules();
    const fresh = await import('@/lib/server/store/redis');
    expect(() => fresh.getRedis()).toThrow(expect.objectContaining({ code: 'not_configured' }));
    vi.unstubAllEnvs();
  });

  it('speaks to a redis:// address', async () => {
    const redis = createRedis({ kind: 'tcp', url: process.env.TEST_REDIS_URL ?? '' });
    expect(await redis.ping()).toBe('PONG');
  });
});
