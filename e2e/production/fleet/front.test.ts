import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { findNeighbouringPorts } from '../../browser/free-ports.ts';
import { HOST, type SiteProxy } from '../proxies.ts';
import { isInstalled } from '../run-proof.ts';
import { visit } from '../visitor.ts';
import { type Ports, readPassed, startFront } from './front.ts';

/** Real nginx with the configuration of the folder `deploy`, before servers that have what the test gives them. */
const canRun = process.platform === 'linux' && isInstalled('nginx') && isInstalled('openssl');
const CHUNK = '/_next/static/chunks/of-one-build.js';
const POSTED = '/api/voice/session';

let front: SiteProxy;
let servers: Server[];
/** Paths that each server has. The others are not found there. */
const has = [new Set<string>(), new Set<string>(), new Set<string>()];

beforeAll(async () => {
  if (!canRun) return;
  const port = await findNeighbouringPorts(3);
  const ports: Ports = [port, port + 1, port + 2];
  servers = ports.map((own, index) =>
    createServer((request, response) => {
      response.writeHead(has[index]?.has(request.url ?? '') ? 200 : 404).end(String(index));
    }).listen(own, '127.0.0.1'),
  );
  await Promise.all(servers.map((server) => once(server, 'listening')));
  front = await startFront(ports);
});
afterAll(async () => {
  if (!canRun) return;
  for (const server of servers) server.close();
  await front.stop();
});

const send = async (path: string, init: RequestInit = {}) => {
  const before = readPassed(front).length;
  const response = await visit(front)(`https://${HOST}${path}`, init);
  // nginx writes the line after the response.
  const last = await vi.waitFor(() => {
    const passed = readPassed(front);
    expect(passed.length).toBeGreaterThan(before);
    return passed.at(-1);
  });
  return { status: response.status, by: await response.text(), asked: last?.asked.length };
};

test.runIf(canRun)('a file that one process does not have comes from one that has it', async () => {
  has[1]?.add(CHUNK);
  expect(await send(CHUNK)).toEqual({ status: 200, by: '1', asked: 3 });
  expect(await send('/_next/static/chunks/of-none.js')).toMatchObject({ status: 404, asked: 3 });
});

test.runIf(canRun)('what else is not found is asked for once', async () => {
  has[1]?.add('/calls').add(POSTED);
  expect(await send('/calls')).toMatchObject({ status: 404, asked: 1 });
  expect(await send(POSTED, { method: 'POST', body: '{}' })).toMatchObject({ status: 404, asked: 1 });
});

test.runIf(canRun)(
  'a process that refuses connections is missed by nobody, and asked again when it is back',
  async () => {
    has[0]?.add(POSTED);
    has[1]?.add(POSTED);
    expect(await send(POSTED, { method: 'POST', body: '{}' })).toMatchObject({ status: 200, by: '0' });
    const [first] = servers;
    const address = first?.address();
    first?.close();
    await once(first ?? createServer(), 'close');
    expect(await send(POSTED, { method: 'POST', body: '{}' })).toEqual({ status: 200, by: '1', asked: 2 });
    first?.listen(typeof address === 'object' ? address?.port : 0, '127.0.0.1');
    await once(first ?? createServer(), 'listening');
    expect(await send(POSTED, { method: 'POST', body: '{}' })).toMatchObject({
      status: 200,
      by: '0',
      asked: 1,
    });
  },
);
