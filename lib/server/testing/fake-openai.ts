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

/** The next response of one endpoint: a status with a body, or no response at all. */
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

/** Returns a JSON body as its value, and the form of an offer as its two fields. */
async function readBody(request: IncomingMessage): Promise<unknown> {
  const type = request.headers['content-type'] ?? '';
  const bytes = await buffer(request);
  if (!type.startsWith('multipart/')) return bytes.length === 0 ? null : JSON.parse(bytes.toString('utf8'));
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const readField = async (name: string) => new Response(form.get(name)).text();
  return { sdp: await readField('sdp'), session: JSON.parse(await readField('session')) };
}

/** Starts a real HTTP server with the provider's mint, calls and hang-up. It records its requests. */
export async function startFakeOpenai() {
  const requests: ProviderRequest[] = [];
  const next = {
    mint: MINTED,
    hangUp: HUNG_UP,
    /** `null`: a new connection with each offer. */
    calls: null as Behaviour | null,
    /** Runs while the provider handles an offer. */
    whileAnswering: async (): Promise<unknown> => undefined,
    whileMinting: async (): Promise<unknown> => undefined,
    whileHangingUp: async (): Promise<unknown> => undefined,
  };
  const takeBehaviour = async (path: string): Promise<Behaviour> => {
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
    requests.push({ path, headers: request.headers, body: await readBody(request) });
    const behaviour = await takeBehaviour(path);
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
