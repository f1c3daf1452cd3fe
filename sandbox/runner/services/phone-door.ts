import { once } from 'node:events';
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import type { Duplex } from 'node:stream';

/** This machine's own address in the network that it shares with a phone; `null` without a network. */
export function findLanAddress(interfaces = networkInterfaces()): string | null {
  const addresses = Object.values(interfaces).flatMap((list: NetworkInterfaceInfo[] = []) => list);
  return addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? null;
}

export interface PhoneDoor {
  url: string;
  close: () => Promise<void>;
}

interface PhoneDoorOptions {
  /** The address in the network, and the port on which a phone comes in. */
  address: string;
  port: number;
  /** Where Next listens, on this machine only. */
  nextPort: number;
  certificate: { cert: string; key: string };
}

/** What Next has to know of a visit that came in over HTTPS. What the visitor says of it does not count. */
const forwardedHeaders = (incoming: IncomingMessage) => ({
  ...incoming.headers,
  'x-forwarded-host': incoming.headers.host,
  'x-forwarded-proto': 'https',
  'x-forwarded-for': incoming.socket.remoteAddress,
});

/**
 * Opens a door for phones in the same network: HTTPS, because browsers share a microphone with secure pages only, in
 * front of Next, which goes on listening to this machine alone.
 */
export async function openPhoneDoor(options: PhoneDoorOptions): Promise<PhoneDoor> {
  const { address, port, nextPort, certificate } = options;
  const toNext = (incoming: IncomingMessage) =>
    request({
      host: '127.0.0.1',
      port: nextPort,
      method: incoming.method,
      path: incoming.url,
      headers: forwardedHeaders(incoming),
      // Next may be closing a connection that is kept for the next request, which would then be lost.
      agent: false,
    });

  function forward(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const upstream = toNext(incoming);
    upstream.on('response', (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
    });
    upstream.on('error', () => outgoing.destroy());
    outgoing.on('close', () => upstream.destroy());
    incoming.pipe(upstream);
  }

  /**
   * The development server sends the page over a web socket what React needs before it can take a click. The first of it
   * comes together with the answer.
   */
  function upgrade(incoming: IncomingMessage, socket: Duplex, early: Buffer): void {
    const upstream = toNext(incoming);
    upstream.on('upgrade', ({ rawHeaders }, other, first) => {
      const pairs = rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [`${name}: ${rawHeaders[i + 1]}`] : []));
      socket.write(['HTTP/1.1 101 Switching Protocols', ...pairs, '', ''].join('\r\n'));
      socket.write(first);
      other.write(early);
      other.pipe(socket).pipe(other);
      other.on('error', () => socket.destroy());
    });
    upstream.on('response', () => socket.destroy());
    upstream.on('error', () => socket.destroy());
    socket.on('error', () => upstream.destroy());
    upstream.end();
  }

  const server = createServer(certificate, forward).on('upgrade', upgrade).listen(port, address);
  await once(server, 'listening');
  return {
    url: `https://${address}:${port}`,
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
