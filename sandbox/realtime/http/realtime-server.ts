import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiError, toApiError } from '../protocol/events/api-error.ts';
import { type Answer, errorAnswer, preflightAnswer, send, withCors } from './respond.ts';
import { createRoutes, type Route, type ServerDeps } from './routes.ts';
import { attachSideband } from './sideband.ts';

/** The HTTP server of the sandbox. Its one catch formats every refusal as OpenAI does. */
export class RealtimeServer {
  readonly #server: Server;
  readonly #deps: ServerDeps;
  readonly #routes: Route[];

  constructor(deps: ServerDeps) {
    this.#deps = deps;
    this.#routes = createRoutes(deps);
    this.#server = createServer((request, response) => void this.#serve(request, response));
    attachSideband(this.#server, deps);
  }

  /** Returns the base URL, which replaces `https://api.openai.com/v1`. */
  async listen(port: number, host: string): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, resolve);
    });
    const address = this.#server.address() as AddressInfo;
    const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
    return `http://${name}:${address.port}/v1`;
  }

  /** Ends all calls and open requests. */
  async close(): Promise<void> {
    this.#deps.calls.endAll('shutdown');
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const isCallsPath = path === '/v1/realtime/calls';
    const answer = await this.#answer(request, path).catch((error: unknown) =>
      errorAnswer(toApiError(error)),
    );
    send(response, isCallsPath && request.method !== 'OPTIONS' ? withCors(answer) : answer);
  }

  async #answer(request: IncomingMessage, path: string): Promise<Answer> {
    if (request.method === 'OPTIONS' && path === '/v1/realtime/calls') return preflightAnswer();
    const known = this.#routes.filter((route) => route.path.test(path));
    const route = known.find(({ method }) => method === request.method);
    if (route) return route.answer(request, route.path.exec(path)?.[1] ?? '');
    if (known.length > 0) {
      throw new ApiError(405, 'method_not_supported', `Not allowed to ${request.method} on ${path}.`);
    }
    throw new ApiError(404, 'unknown_url', `Unknown request URL: ${request.method} ${path}.`);
  }
}
