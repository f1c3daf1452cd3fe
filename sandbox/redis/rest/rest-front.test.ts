import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRedis } from '../embedded-redis.ts';
import type { EmbeddedRedis } from '../interfaces.mjs';

let redis: EmbeddedRedis;
beforeAll(async () => {
  redis = await startRedis({ token: 'secret-token' });
});
afterAll(() => redis.close());

interface Call {
  path?: string;
  method?: string;
  headers?: Record<string, string>;
  body?: BodyInit;
}

/** Sends what no client would. Returns the status and the parsed body. */
async function send({ path = '/', method = 'POST', headers = {}, body }: Call) {
  const response = await fetch(redis.url + path, {
    method,
    headers: { authorization: 'Bearer secret-token', ...headers },
    ...(method === 'POST' ? { body: body ?? '["PING"]', duplex: 'half' } : {}),
  } as RequestInit);
  return { status: response.status, body: await response.json() };
}

const json = (value: unknown): Call => ({ body: JSON.stringify(value) });
const refusedWith = (status: number) => ({ status, body: { error: expect.any(String) } });

describe('the Upstash REST protocol', () => {
  it('runs one command', async () => {
    expect(await send(json(['SET', 'greeting', 'hello']))).toEqual({ status: 200, body: { result: 'OK' } });
    expect(await send(json(['get', 'greeting']))).toEqual({ status: 200, body: { result: 'hello' } });
  });

  it('writes numbers, booleans and null as text', async () => {
    await send(json(['RPUSH', 'scalars', 1, 2.5, true, null]));
    const { body } = await send(json(['LRANGE', 'scalars', 0, -1]));
    expect(body).toEqual({ result: ['1', '2.5', 'true', 'null'] });
  });

  it('encodes every string in base64 on request, at every depth, and leaves integers and null', async () => {
    const headers = { 'upstash-encoding': 'base64' };
    const script = `return { 'a', 1, false, { 'b', redis.status_reply('OK') } }`;
    const { body } = await send({ headers, ...json(['EVAL', script, 0]) });
    expect(body).toEqual({ result: ['YQ==', 1, null, ['Yg==', 'T0s=']] });
    const failed = await send({ headers, ...json(['INCR', 'a', 'b']) });
    expect(failed).toEqual({ status: 400, body: { error: expect.stringMatching(/^ERR wrong number/) } });
  });

  it('keeps bytes that are not UTF-8, in transactions too', async () => {
    await send(json(['SETBIT', 'bytes', 0, 1]));
    const headers = { 'upstash-encoding': 'base64' };
    expect((await send({ headers, ...json(['GET', 'bytes']) })).body).toEqual({ result: 'gA==' });
    const transaction = await send({ path: '/multi-exec', headers, ...json([['GET', 'bytes']]) });
    expect(transaction.body).toEqual([{ result: 'gA==' }]);
  });

  it.each([
    ['no token', { authorization: '' }],
    ['a wrong token', { authorization: 'Bearer other-token!' }],
    ['another scheme', { authorization: 'Basic secret-token' }],
  ])('returns 401 for %s, on every path', async (_name, headers) => {
    for (const path of ['/', '/pipeline', '/multi-exec', '/none']) {
      expect(await send({ path, headers })).toEqual(refusedWith(401));
    }
    expect(await send({ method: 'GET', headers })).toEqual(refusedWith(401));
  });

  it('returns 404 for an unknown path and 405 for another method', async () => {
    expect(await send({ path: '/get/greeting' })).toEqual(refusedWith(404));
    expect(await send({ method: 'GET' })).toEqual(refusedWith(405));
  });

  it.each([
    ['/', 'no json'],
    ['/', '{"command":"PING"}'],
    ['/', '[]'],
    ['/', '[""]'],
    ['/', '[["PING"]]'],
    ['/pipeline', '[]'],
    ['/pipeline', '["PING"]'],
    ['/multi-exec', 'null'],
    ['/multi-exec', '[{}]'],
  ])('returns 400 on %s for %s', async (path, body) => {
    expect(await send({ path, body })).toEqual(refusedWith(400));
  });

  it('returns 413 for a body over 10 MiB, with or without a length', async () => {
    const body = `["SET","big","${'x'.repeat(11 * 1024 * 1024)}"]`;
    expect(await send({ body })).toEqual(refusedWith(413));
    expect(await send({ body: new Blob([body]).stream() })).toEqual(refusedWith(413));
    expect(await send(json(['PING']))).toEqual({ status: 200, body: { result: 'PONG' } });
  });

  it.each([
    ['SHUTDOWN', 'NOSAVE'],
    ['config', 'GET', 'requirepass'],
    ['SUBSCRIBE', 'channel'],
    ['MULTI'],
    ['BLPOP', 'list', 0],
    ['XREAD', 'BLOCK', 0, 'STREAMS', 's', '0'],
  ])('refuses %s, which would harm the shared connection', async (...command) => {
    const refusal = { error: expect.stringMatching(/^ERR Command is not available/) };
    expect(await send(json(command))).toEqual({ status: 400, body: refusal });
    const pipeline = await send({ path: '/pipeline', ...json([['PING'], command]) });
    expect(pipeline).toEqual({ status: 200, body: [{ result: 'PONG' }, refusal] });
    const transaction = await send({ path: '/multi-exec', ...json([['PING'], command]) });
    expect(transaction).toEqual({ status: 400, body: { error: expect.stringMatching(/^EXECABORT/) } });
  });
});
