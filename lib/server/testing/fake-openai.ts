import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface ProviderRequest {
  path: string;
  headers: IncomingMessage['headers'];
  body: unknown;
}

/** What one endpoint answers next: a status with a body, or nothing at all. */
export type Behaviour = { status: number; body: string; location?: string } | 'hang';

export const MINTED: Behaviour = {
  status: 200,
  body: '{"value":"ek_test","expires_at":1900000000,"session":{}}',
};
export const HUNG_UP: Behaviour = { status: 200, body: '' };
export const ANSWER_SDP = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\n';

/** A new connection with each offer. */
const answered = (): Behaviour => ({
  status: 201,
  body: ANSWER_SDP,
  location: `/v1/realtime/calls/rtc_u0_${randomUUID().replaceAll('-', '')}`,
});

/** JSON as its value, the form of an offer as its two fields. */
async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const type = request.headers['content-type'] ?? '';
  const bytes = await buffer(request);
  if (!type.startsWith('multipart/')) return bytes.length === 0 ? null : JSON.parse(bytes.toString('utf8'));
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const textOf = async (name: string) => new Response(form.get(name)).text();
  return { sdp: await textOf('sdp'), session: JSON.parse(await textOf('session')) };
}

/** A real HTTP server that plays the provider's mint, calls and hang-up, and notes what it was asked. */
export async function startFakeProvider() {
  const requests: ProviderRequest[] = [];
  const next = {
    mint: MINTED,
    hangUp: HUNG_UP,
    /** `null`: a new connection with each offer. */
    calls: null as Behaviour | null,
    /** What happens while the provider thinks about an offer. */
    whileAnswering: async (): Promise<unknown> => undefined,
    whileMinting: async (): Promise<unknown> => undefined,
    whileHangingUp: async (): Promise<unknown> => undefined,
  };
  const behaviourOf = async (path: string): Promise<Behaviour> => {
    if (path.endsWith('/hangup')) {
      await next.whileHangingUp();
      return next.hangUp;
    }
    if (!path.endsWith('/calls')) {
      await next.whileMinting();
      return next.mint;
    }
    await next.whileAnswering();
    return next.calls ?? answered();
  };
  const server = createServer(async (request, response) => {
    const path = request.url ?? '';
    requests.push({ path, headers: request.headers, body: await bodyOf(request) });
    const behaviour = await behaviourOf(path);
    if (behaviour === 'hang') return;
    const { status, body, location } = behaviour;
    const type = location ? 'application/sdp' : 'application/json';
    response.writeHead(status, { 'content-type': type, ...(location ? { location } : {}) }).end(body);
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
      next.calls = null;
      next.whileAnswering = async () => undefined;
      next.whileMinting = async () => undefined;
      next.whileHangingUp = async () => undefined;
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
