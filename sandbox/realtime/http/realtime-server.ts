import type { IncomingMessage, ServerResponse } from 'node:http';
import { createControlRoutes } from '../control/routes.ts';
import { ApiError, toApiError } from '../protocol/events/api-error.ts';
import { OnePort } from './listen/one-port.ts';
import { type Answer, errorAnswer, preflightAnswer, send, withCors } from './respond.ts';
import type { Route } from './route.ts';
import { createRoutes } from './routes.ts';
import type { Scopes } from './scopes.ts';
import { attachSockets } from './socket/attach-sockets.ts';

/** The HTTP server of the sandbox. Its one catch formats every refusal as OpenAI does. */
export class RealtimeServer {
  readonly #port: OnePort;
  readonly #scopes: Scopes;
  readonly #routes: Route[];

  constructor(scopes: Scopes) {
    this.#scopes = scopes;
    this.#routes = [
      ...createRoutes(scopes.main),
      ...createControlRoutes(scopes, () => this.#port.certificate),
    ];
    this.#port = new OnePort((request, response) => void this.#serve(request, response));
  }

  /** Returns the base URL, which replaces `https://api.openai.com/v1`; `https` works on the same port. */
  async listen(port: number, host: string): Promise<string> {
    const address = await this.#port.listen(port, host, (server) => attachSockets(server, this.#scopes));
    const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
    return `http://${name}:${address.port}/v1`;
  }

  /** Ends all calls and open requests. */
  async close(): Promise<void> {
    this.#scopes.endAllCalls();
    await this.#port.close();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const isCallsPath = path === '/v1/realtime/calls';
    const answer = await this.#answer(request, path).catch((error: unknown) =>
      errorAnswer(toApiError(error)),
    );
    send(response, isCallsPath && request.method !== 'OPTIONS' ? withCors(answer) : answer);
  }

  #isCorsStrict = (): boolean => Boolean(this.#scopes.main.faults.plan.strictCors);

  async #answer(request: IncomingMessage, path: string): Promise<Answer> {
    if (request.method === 'OPTIONS' && path === '/v1/realtime/calls')
      return preflightAnswer(this.#isCorsStrict());
    const known = this.#routes.filter((route) => route.path.test(path));
    const route = known.find(({ method }) => method === request.method);
    const deps = this.#scopes.of(request.headers.authorization);
    if (route) return route.answer(request, deps, route.path.exec(path)?.[1] ?? '');
    if (known.length > 0) {
      throw new ApiError(405, 'method_not_supported', `Not allowed to ${request.method} on ${path}.`);
    }
    throw new ApiError(404, 'unknown_url', `Unknown request URL: ${request.method} ${path}.`);
  }
}
