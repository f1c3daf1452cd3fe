import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signedHeaders } from '@/lib/server/webhooks/sign';
import { isFromParley, receiveWebhook } from './receive-webhook.ts';

const KEY = Buffer.alloc(32, 'key');
const SECRET = `whsec_${KEY.toString('base64')}`;
const BODY = '{"type":"tool.ran","timestamp":"2031-03-01T12:00:00.000Z","data":{"ok":true}}';

const slackGot: string[] = [];
let slackStatus = 200;
const slack = createServer(async (request, response) => {
  slackGot.push(await text(request));
  response.writeHead(slackStatus).end();
});
beforeAll(async () => {
  slack.listen(0, '127.0.0.1');
  await once(slack, 'listening');
});
afterAll(() => slack.close());

const signed = (keys: readonly Buffer[], nowMs = Date.now()) =>
  new Headers(signedHeaders({ id: 'msg_1', body: BODY, nowMs }, keys));

test('the receiver of the guide takes what this site signs, with one secret or two', () => {
  expect(isFromParley(signed([KEY]), BODY, SECRET)).toBe(true);
  expect(isFromParley(signed([Buffer.alloc(24, 'new'), KEY]), BODY, SECRET)).toBe(true);
});

test.each<[string, Headers, string]>([
  ['another body', signed([KEY]), '{}'],
  ['another key', signed([Buffer.alloc(32, 'foreign')]), BODY],
  ['an old message', signed([KEY], Date.now() - 600_000), BODY],
  ['no signature', new Headers(), BODY],
])('it refuses %s', (_, headers, body) => {
  expect(isFromParley(headers, body, SECRET)).toBe(false);
});

test('it writes into a channel what it got, nothing of a forged message, and wants again what the channel refused', async () => {
  const { port } = slack.address() as AddressInfo;
  const post = (headers: Headers) =>
    receiveWebhook(
      new Request('http://receiver.test/', { method: 'POST', body: BODY, headers }),
      SECRET,
      `http://127.0.0.1:${port}/`,
    );
  expect((await post(new Headers())).status).toBe(401);
  expect((await post(signed([KEY]))).status).toBe(204);
  expect(slackGot.map((body) => JSON.parse(body))).toEqual([{ text: 'tool.ran {"ok":true}' }]);
  slackStatus = 500;
  expect((await post(signed([KEY]))).status).toBe(502);
});
