import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createCertificate } from '@parley/realtime-sandbox/self-signed';
import { afterEach, expect, it, vi } from 'vitest';
import { anyPort } from '../options/find-port.ts';
import { findLanAddress, openPhoneDoor, type PhoneDoor } from './phone-door.ts';

let next: Server;
let door: PhoneDoor;
afterEach(async () => {
  await door.close();
  next.close();
});

/** A door in front of a server that says what it got. */
async function openDoor() {
  const seen: { url: string | undefined; headers: IncomingHttpHeaders; body: string }[] = [];
  next = createServer(async (incoming, outgoing) => {
    let body = '';
    for await (const chunk of incoming) body += chunk;
    seen.push({ url: incoming.url, headers: incoming.headers, body });
    outgoing.writeHead(201, { 'set-cookie': ['a=1', 'b=2'] }).end('hello');
  });
  next.on('upgrade', (_, socket) => {
    const head = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n';
    socket.write(`${head}welcome`);
    socket.pipe(socket);
  });
  next.listen(0, '127.0.0.1');
  await once(next, 'listening');
  const certificate = await createCertificate('127.0.0.1');
  const { port: nextPort } = next.address() as AddressInfo;
  door = await openPhoneDoor({ address: '127.0.0.1', port: await anyPort(), nextPort, certificate });
  const knock = (path: string, headers: Record<string, string>) =>
    request(`${door.url}${path}`, { method: 'POST', ca: certificate.cert, headers });
  return { seen, knock };
}

it('forwards over HTTPS what a phone asks, and tells Next how it was asked, whatever the visitor says', async () => {
  const { seen, knock } = await openDoor();
  const asking = knock('/api/x?y=1', { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' });
  asking.end('body');
  const [answer] = await once(asking, 'response');
  expect(answer.statusCode).toBe(201);
  expect(answer.headers['set-cookie']).toEqual(['a=1', 'b=2']);
  const { host } = new URL(door.url);
  expect(seen).toMatchObject([
    {
      url: '/api/x?y=1',
      body: 'body',
      headers: {
        host,
        'x-forwarded-host': host,
        'x-forwarded-proto': 'https',
        'x-forwarded-for': '127.0.0.1',
      },
    },
  ]);
});

it('carries the web socket of the development server, from its first byte', async () => {
  const { knock } = await openDoor();
  const asking = knock('/_next/hmr', { connection: 'Upgrade', upgrade: 'websocket' });
  asking.end();
  const [, socket, head] = await once(asking, 'upgrade');
  let read = String(head);
  socket.on('data', (chunk: Buffer) => {
    read += chunk;
  });
  socket.write('ping');
  await vi.waitFor(() => expect(read).toBe('welcomeping'));
  socket.destroy();
});

it('sends no request over a connection that Next may be closing', async () => {
  const { knock } = await openDoor();
  let connections = 0;
  next.on('connection', () => connections++);
  for (const path of ['/one', '/two']) {
    const asking = knock(path, {});
    asking.end();
    const [answer] = await once(asking, 'response');
    await text(answer);
  }
  expect(connections).toBe(2);
});

it('is not opened for an address of this machine alone', async () => {
  await openDoor();
  const address = { netmask: '', mac: '', cidr: null };
  const lo = [{ ...address, address: '127.0.0.1', family: 'IPv4' as const, internal: true }];
  const wifi = [
    { ...address, address: 'fe80::1', family: 'IPv6' as const, internal: false, scopeid: 1 },
    { ...address, address: '192.168.1.5', family: 'IPv4' as const, internal: false },
  ];
  expect(findLanAddress({ lo })).toBeNull();
  expect(findLanAddress({ lo, wifi })).toBe('192.168.1.5');
});
