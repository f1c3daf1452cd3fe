import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect } from 'playwright/test';
import { workerTest as test } from '../worker-fixtures.ts';
import { AttackServer } from './server/attack-server.ts';
import { newPerson, type Person } from './server/people.ts';

let server: AttackServer;
let ann: Person;
test.beforeAll(async () => {
  // Without an address of its own, the site believes the `Host` of each request.
  server = await AttackServer.start({ env: { NEXTAUTH_URL: '' } });
  ann = await newPerson();
  await server.mint(ann);
});
test.afterAll(() => server.close());

/** Sends bytes as no client would, and returns the status. `null`: the server closed the connection. */
async function sendBytes(lines: string[], body = ''): Promise<number | null> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.setTimeout(8000, () => socket.destroy());
  const reply = text(socket).catch(() => '');
  socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
  socket.end();
  const status = /^HTTP\/1\.1 (\d{3})/.exec(await reply)?.[1];
  return status === undefined ? null : Number(status);
}

const post = (path: string, ...headers: string[]) => [
  `POST ${path} HTTP/1.1`,
  'Connection: close',
  `Cookie: ${ann.cookie}`,
  `Origin: ${server.url}`,
  'Content-Type: application/json',
  ...headers,
];
const own = () => `Host: ${new URL(server.url).host}`;

for (const host of ['a b', '[', ']', ':', '', ':::', 'x:99999', 'a/b?c#d', '@', '%', 'ä', 'x'.repeat(3000)]) {
  test(`a Host of "${host.slice(0, 20)}" fails nothing and opens nothing`, async () => {
    const mints = server.toProvider.passed.length;
    const page = await sendBytes(['GET / HTTP/1.1', 'Connection: close', `Host: ${host}`]);
    const mint = await sendBytes(post('/api/voice/session', `Host: ${host}`, 'Content-Length: 2'), '{}');
    for (const status of [page, mint]) expect(status ?? 400).toBeLessThan(500);
    expect(mint).not.toBe(201);
    expect(server.toProvider.passed.length).toBe(mints);
  });
}

const PATHS = [
  '/api/voice/calls/%zz/end',
  '/%',
  '/api/%E0%A4%A',
  '/login/%FF',
  '/api/voice/calls/%2e%2e/end',
  '//',
];
for (const path of PATHS) {
  test(`the path ${path} fails nothing`, async () => {
    const posted = await sendBytes(post(path, own(), 'Content-Length: 2'), '{}');
    const visited = await sendBytes([`GET ${path} HTTP/1.1`, 'Connection: close', own()]);
    for (const status of [posted, visited]) expect(status ?? 400).toBeLessThan(500);
  });
}

const LARGE = 'x'.repeat(20_000);
const chunk = (data: string) => `${data.length.toString(16)}\r\n${data}\r\n`;
const bodies: [string, string[], string, number[]][] = [
  ['a body without a length', [], '{}', [400]],
  ['a length that is too long', ['Content-Length: 9000'], '{}', [400]],
  ['a length that is too short', ['Content-Length: 1'], '{"agent":"anyone"}', [400]],
  ['a length that is no number', ['Content-Length: ten'], '{}', [400]],
  ['a declared megabyte that never comes', ['Content-Length: 1000000'], '{', [400, 413]],
  ['chunks beyond the limit', ['Transfer-Encoding: chunked'], `${chunk(LARGE)}0\r\n\r\n`, [413]],
  ['chunks that break off', ['Transfer-Encoding: chunked'], chunk('{"agent":'), [400]],
  ['chunks of nonsense', ['Transfer-Encoding: chunked'], 'zz\r\n{}\r\n', [400]],
  [
    'a length and chunks',
    ['Content-Length: 2', 'Transfer-Encoding: chunked'],
    `${chunk('{}')}0\r\n\r\n`,
    [400],
  ],
];
for (const [name, headers, body, statuses] of bodies) {
  test(`${name}: refused, and nothing failed`, async () => {
    const mints = server.toProvider.passed.length;
    const status = await sendBytes(post('/api/voice/session', own(), ...headers), body);
    if (status !== null) expect(statuses).toContain(status);
    expect(server.toProvider.passed.length).toBe(mints);
    expect((await server.send('/api/health', { method: 'GET' })).status).toBe(200);
    expect(server.process.printed).not.toContain('unexpected error');
  });
}
