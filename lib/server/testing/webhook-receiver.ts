import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

/** Two secrets as Standard Webhooks writes them. */
export const NEW_SECRET = `whsec_${Buffer.alloc(32, 'new').toString('base64')}`;
export const OLD_SECRET = `whsec_${Buffer.alloc(32, 'old').toString('base64')}`;

/** Starts a receiver of webhooks. It records what it gets, and answers as it is told. */
export async function startReceiver() {
  const received: Received[] = [];
  const next = {
    answer: { status: 204 } as Answer,
    /** Runs before the answer. */
    before: async (): Promise<unknown> => undefined,
  };
  const server = createServer(async (request, response) => {
    received.push({ path: request.url ?? '', headers: request.headers, body: await text(request) });
    const { answer } = next;
    await next.before();
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const ofType = (type: string) => received.filter(({ body }) => JSON.parse(body).type === type);
  return {
    url: `http://127.0.0.1:${port}/hooks?site=1`,
    received,
    next,
    ofType,
    reset() {
      received.length = 0;
      next.answer = { status: 204 };
      next.before = async () => undefined;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
