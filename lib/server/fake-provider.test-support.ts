import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface ProviderRequest {
  path: string;
  headers: IncomingMessage['headers'];
  body: unknown;
}

/** What one endpoint answers next: a status with a body, or nothing at all. */
export type Behaviour = { status: number; body: string } | 'hang';

export const MINTED: Behaviour = {
  status: 200,
  body: '{"value":"ek_test","expires_at":1900000000,"session":{}}',
};
export const HUNG_UP: Behaviour = { status: 200, body: '' };

/** A real HTTP server that plays the provider's mint and hang-up, and notes what it was asked. */
export async function startFakeProvider() {
  const requests: ProviderRequest[] = [];
  const next = { mint: MINTED, hangUp: HUNG_UP };
  const server = createServer(async (request, response) => {
    const path = request.url ?? '';
    const body = await text(request);
    requests.push({ path, headers: request.headers, body: body === '' ? null : JSON.parse(body) });
    const behaviour = path.endsWith('/hangup') ? next.hangUp : next.mint;
    if (behaviour === 'hang') return;
    response.writeHead(behaviour.status, { 'content-type': 'application/json' }).end(behaviour.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    next,
    reset() {
      requests.length = 0;
      next.mint = MINTED;
      next.hangUp = HUNG_UP;
    },
    hangUps: () =>
      requests.filter(({ path }) => path.endsWith('/hangup')).map(({ path }) => path.split('/').at(-2)),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
