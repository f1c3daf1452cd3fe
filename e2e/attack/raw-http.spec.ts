import { once } from 'node:events';
import { readFileSync } from 'node:fs';
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

const LARGE_LENGTH = 9_900_000;

/**
 * Opens a connection that declares a large body and sends only the beginning of it. Resolves to what comes back, until
 * it is cut.
 */
async function sendBeginning(path: string, bytes: number) {
  const { port, host } = new URL(server.url);
  const socket = connect(Number(port), '127.0.0.1');
  await once(socket, 'connect');
  socket.on('error', () => {});
  const headers = [`Host: ${host}`, 'Content-Type: application/json', `Content-Length: ${LARGE_LENGTH}`];
  socket.write(`${[`POST ${path} HTTP/1.1`, ...headers].join('\r\n')}\r\n\r\n`);
  socket.write('x'.repeat(bytes));
  return socket;
}

const ANONYMOUS = [
  '/api/voice/session',
  '/api/voice/calls/call_1/end',
  '/api/auth/callback/guest',
  '/api/health',
  '/api/nothing/here',
  '/api/%76oice/session',
  '/api/%zz',
  '/login',
  '/',
];
for (const path of ANONYMOUS) {
  test(`a stranger's ten megabytes for ${path} are refused before they come`, async () => {
    const socket = await sendBeginning(path, 1000);
    const [head] = await once(socket, 'data', { signal: AbortSignal.timeout(5000) });
    expect(Number(/^HTTP\/1\.1 (\d{3})/.exec(String(head))?.[1])).toBeLessThan(500);
    socket.destroy();
  });
}

/** Returns the resident memory of the server in kB, as Linux counts it. */
const residentKb = () =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.process.pid}/status`, 'utf8'))?.[1]);

const SLOW_CONNECTIONS = 200;
const MOST_KB = 20 * 1024;

test.describe('slow connections', () => {
  test.skip(process.platform !== 'linux', 'Memory is read from /proc.');
  for (const path of ['/api/voice/session', '/login', '/api/%zz']) {
    test(`${SLOW_CONNECTIONS} that never finish their bodies for ${path} take less than 20 MB`, async () => {
      const hold = () =>
        Promise.all(
          Array.from({ length: SLOW_CONNECTIONS }, async () => {
            const socket = await sendBeginning(path, 150_000);
            await once(socket, 'data', { signal: AbortSignal.timeout(20_000) });
            return socket;
          }),
        );
      // The first rounds warm the server up: code is compiled, and the heap grows to what requests need.
      for (let round = 0; round < 3; round += 1) for (const socket of await hold()) socket.destroy();
      const before = residentKb();
      const held = await hold();
      const grown = residentKb() - before;
      for (const socket of held) socket.destroy();
      expect(grown).toBeLessThan(MOST_KB);
    });
  }
});

const API_HEADERS = [
  'content-security-policy',
  'x-content-type-options',
  'x-frame-options',
  'referrer-policy',
];
for (const [method, path] of [
  ['GET', '/api/health'],
  ['POST', '/api/voice/session'],
  ['GET', '/api/nothing/here'],
  ['DELETE', '/api/health'],
  ['OPTIONS', '/api/voice/session'],
  ['GET', '/api/%zz'],
] as const) {
  test(`the response to ${method} ${path} carries the security headers`, async () => {
    const response = await fetch(`${server.url}${path}`, { method });
    for (const name of API_HEADERS) expect(response.headers.get(name), name).toBeTruthy();
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });
}
