import { timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Bridge } from '../engine/bridge.ts';
import { type Command, parseCommand } from '../engine/commands.ts';
import { type Encoding, sendJson, toJsonOutcome } from './json-reply.ts';
import { readJsonBody } from './request-body.ts';
import { RestError } from './rest-error.ts';

export interface RestFront {
  /** `http://127.0.0.1:port`, loopback only. */
  url: string;
  close(): Promise<void>;
}

interface Answer {
  status: number;
  body: unknown;
}

function requireToken(request: IncomingMessage, token: string): void {
  const given = Buffer.from(request.headers.authorization ?? '');
  const expected = Buffer.from(`Bearer ${token}`);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new RestError(401, 'WRONGPASS invalid or missing auth token');
  }
}

function requireCommand(value: unknown): Command {
  const command = parseCommand(value);
  if (!command) throw new RestError(400, 'ERR a command is a JSON array: its name, then its arguments');
  return command;
}

function requireCommands(value: unknown): Command[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw new RestError(400, 'ERR expected a JSON array of one or more commands');
  }
  return value.map(requireCommand);
}

/** The three paths of https://upstash.com/docs/redis/features/restapi that take commands in the body. */
const ENDPOINTS: Record<string, (bridge: Bridge, body: unknown, encoding: Encoding) => Promise<Answer>> = {
  '/': async (bridge, body, encoding) => {
    const outcome = await bridge.run(requireCommand(body));
    return { status: 'error' in outcome ? 400 : 200, body: toJsonOutcome(outcome, encoding) };
  },
  '/pipeline': async (bridge, body, encoding) => {
    const outcomes = await Promise.all(requireCommands(body).map(bridge.run));
    return { status: 200, body: outcomes.map((outcome) => toJsonOutcome(outcome, encoding)) };
  },
  '/multi-exec': async (bridge, body, encoding) => {
    const outcomes = await bridge.runTransaction(requireCommands(body));
    if (!Array.isArray(outcomes)) return { status: 400, body: outcomes };
    return { status: 200, body: outcomes.map((outcome) => toJsonOutcome(outcome, encoding)) };
  },
};

async function answer(request: IncomingMessage, bridge: Bridge, token: string): Promise<Answer> {
  requireToken(request, token);
  const endpoint = ENDPOINTS[(request.url ?? '/').replace(/\?.*$/, '')];
  if (!endpoint) throw new RestError(404, 'ERR not found');
  if (request.method !== 'POST') throw new RestError(405, 'ERR method not allowed, use POST');
  const encoding = request.headers['upstash-encoding'] === 'base64' ? 'base64' : 'utf8';
  return endpoint(bridge, await readJsonBody(request), encoding);
}

function answerOfFailure(error: unknown): Answer {
  if (error instanceof RestError) return { status: error.status, body: { error: error.message } };
  return { status: 500, body: { error: 'ERR the embedded Redis is not answering' } };
}

/** Serves the Upstash REST protocol on loopback. Port 0 lets the system choose. */
export async function startRestFront(bridge: Bridge, token: string, port: number): Promise<RestFront> {
  const server = createServer(async (request, response) => {
    const { status, body } = await answer(request, bridge, token).catch(answerOfFailure);
    if (!request.complete) {
      // A refused upload: announces the end of the connection, and drains the rest.
      response.setHeader('connection', 'close');
      request.resume();
    }
    sendJson(response, status, body);
  });
  // Longer than any client keeps an idle connection, so that none closes during a request.
  server.keepAliveTimeout = 120_000;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
