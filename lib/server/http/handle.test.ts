import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { handle } from '@/lib/server/http/handle';
import { parseJson } from '@/lib/server/http/parse-json';
import { AppError } from '@/lib/server/platform/app-error';
import { ERROR_STATUS, type ErrorCode, parseErrorBody } from '@/lib/shared/errors';

const Body = z.strictObject({ agent: z.string().max(5), nested: z.object({ n: z.number() }).optional() });

const echo = handle({ perMinute: 1000 }, async (request) => Response.json(await parseJson(request, Body)));

const post = (body: BodyInit | null, headers: Record<string, string> = {}) =>
  new Request('http://app.test/api', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });

async function readError(response: Response) {
  const error = parseErrorBody(await response.json());
  if (!error) throw new Error('The answer is not a refusal.');
  return error;
}

beforeAll(() => {
  process.env.LOG_LEVEL = 'silent';
  process.env.REQUEST_ID_HEADER = 'x-proxy-id';
});

describe('handle', () => {
  test('passes a response on, with a request id, never cached', async () => {
    const response = await echo(post('{"agent":"ada"}'), {});
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ agent: 'ada' });
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test.each(Object.entries(ERROR_STATUS) as [ErrorCode, number][])('%s is %i', async (code, status) => {
    const response = await handle({ perMinute: 1000 }, async () => {
      throw new AppError(code);
    })(post(null), {});
    expect(response.status).toBe(status);
    const error = await readError(response);
    expect(error.code).toBe(code);
    expect(error.message.length).toBeGreaterThan(10);
    expect(error.requestId).toBe(response.headers.get('x-request-id'));
  });

  test('returns the whole seconds to wait, in the header and in the body', async () => {
    const response = await handle({ perMinute: 1000 }, async () => {
      throw new AppError('rate_limited', { retryAfterSeconds: 12.2 });
    })(post(null), {});
    expect(response.headers.get('retry-after')).toBe('13');
    expect((await readError(response)).retryAfterSeconds).toBe(13);
  });

  test('an unexpected error becomes a 500 without details', async () => {
    const response = await handle({ perMinute: 1000 }, async () => {
      throw new Error('password=hunter2');
    })(post(null), {});
    expect(response.status).toBe(500);
    expect(JSON.stringify(await readError(response))).not.toContain('hunter2');
  });

  test('the cause of a refusal is not sent', async () => {
    const response = await handle({ perMinute: 1000 }, async () => {
      throw new AppError('provider_failed', { cause: new Error('sk-secret') });
    })(post(null), {});
    expect(JSON.stringify(await readError(response))).not.toContain('sk-secret');
  });

  test.each([
    ['abcdef-123456', true],
    // Vercel's, with the regions that it passed through.
    ['fra1::iad1::x7b2k-1764536400000-0a1b2c3d4e5f', true],
    ['short', false],
    ['with space in it', false],
    ['x'.repeat(65), false],
  ])('a request id of the proxy, %s, is taken over: %s', async (given, taken) => {
    const response = await echo(post('{"agent":"a"}', { 'x-proxy-id': given }), {});
    expect(response.headers.get('x-request-id') === given).toBe(taken);
  });

  test('a request id of the visitor is not: it could be somebody else’s', async () => {
    const response = await echo(post('{"agent":"a"}', { 'x-request-id': 'abcdef-123456' }), {});
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('parseJson', () => {
  test.each([['text/plain'], ['application/x-www-form-urlencoded'], ['application/jsonx'], ['']])(
    'refuses the content type "%s"',
    async (type) => {
      const response = await echo(post('{"agent":"ada"}', { 'content-type': type }), {});
      expect((await readError(response)).code).toBe('unsupported_media_type');
    },
  );

  test('accepts a charset with the content type', async () => {
    const response = await echo(
      post('{"agent":"a"}', { 'content-type': 'Application/JSON; charset=utf-8' }),
      {},
    );
    expect(response.status).toBe(200);
  });

  test.each([
    ['', 'not valid JSON'],
    ['{', 'not valid JSON'],
    ['null', 'expected object'],
    ['{"agent":5}', '"agent": '],
    ['{"agent":"toolong"}', '"agent": '],
    ['{"agent":"a","nested":{"n":"1"}}', '"nested.n": '],
    ['{"agent":"a","extra":1}', 'Unrecognized key: "extra"'],
    ['['.repeat(8000), 'nested too deeply'],
    [`${'['.repeat(7000)}${']'.repeat(7000)}`, 'nested too deeply'],
    [`${'['.repeat(20)}${']'.repeat(20)}`, 'expected object'],
    [`{"agent":"${'['.repeat(30)}"}`, '"agent": '],
    [`{"agent":"a","\\"${'{'.repeat(30)}":1}`, 'Unrecognized key'],
  ])('refuses %s and names what is wrong', async (body, message) => {
    const error = await readError(await echo(post(body), {}));
    expect(error.code).toBe('bad_request');
    expect(error.message).toContain(message);
    expect(error.message.length).toBeLessThanOrEqual(200);
  });

  test('refuses by the declared length without reading', async () => {
    const response = await echo(post('{}', { 'content-length': '999999' }), {});
    expect((await readError(response)).code).toBe('payload_too_large');
  });

  test('a body that breaks off is the sender’s fault', async () => {
    const broken = new ReadableStream({
      pull(controller) {
        controller.error(new Error('ECONNRESET'));
      },
    });
    const request = new Request('http://app.test/api', {
      method: 'POST',
      body: broken,
      headers: { 'content-type': 'application/json' },
      duplex: 'half',
    } as RequestInit);
    const response = await echo(request, {});
    expect(response.status).toBe(400);
    expect(await readError(response)).toMatchObject({
      code: 'bad_request',
      message: 'The request body broke off.',
    });
  });

  test('stops reading a stream that is too long', async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 4096;
        controller.enqueue(new Uint8Array(4096).fill(32));
      },
    });
    const request = new Request('http://app.test/api', {
      method: 'POST',
      body: endless,
      headers: { 'content-type': 'application/json' },
      duplex: 'half',
    } as RequestInit);
    expect((await readError(await echo(request, {}))).code).toBe('payload_too_large');
    expect(sent).toBeLessThan(64 * 1024);
  });
});
