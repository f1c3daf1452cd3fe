import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const ANSWER_SDP = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\n';

/** Starts a provider that takes every offer and every hang-up at once. */
export async function startProvider() {
  const server = createServer((request, response) => {
    const isHangUp = request.url?.endsWith('/hangup');
    const location = `/v1/realtime/calls/rtc_${randomUUID().replaceAll('-', '')}`;
    request.resume().on('end', () => {
      if (isHangUp) response.writeHead(200).end();
      else response.writeHead(201, { 'content-type': 'application/sdp', location }).end(ANSWER_SDP);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
