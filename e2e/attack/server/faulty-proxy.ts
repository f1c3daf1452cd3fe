import { once } from 'node:events';
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';

/** What happens to requests on their way to a service. */
export type Trouble =
  | { kind: 'none' }
  /** The connection is dropped without an answer. */
  | { kind: 'refused' }
  | { kind: 'hanging' }
  | { kind: 'slow'; ms: number }
  | { kind: 'answer'; status: number; body: string }
  /** The service does its work, but the answer never arrives. */
  | { kind: 'lost answer' };

export interface PassedRequest {
  path: string;
  body: string;
}

/** Stands between the app and a service: counts, notes and troubles what passes. */
export class TroubledProxy {
  trouble: Trouble = { kind: 'none' };
  readonly passed: PassedRequest[] = [];
  readonly #target: URL;
  readonly #server = createServer((request, response) => {
    this.#pass(request, response).catch(() => response.destroy());
  });

  constructor(target: string) {
    this.#target = new URL(target);
  }

  /** Answers the address under which the app finds the service. */
  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}${this.#target.pathname.replace(/\/$/, '')}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const { trouble } = this;
    this.passed.push({ path: request.url ?? '', body: body.toString('utf8') });
    if (trouble.kind === 'refused') return void response.destroy();
    if (trouble.kind === 'hanging') return;
    if (trouble.kind === 'answer') {
      return void response
        .writeHead(trouble.status, { 'content-type': 'application/json' })
        .end(trouble.body);
    }
    if (trouble.kind === 'slow') await delay(trouble.ms);
    const outgoing = forward({
      host: this.#target.hostname,
      port: this.#target.port,
      path: request.url,
      method: request.method,
      headers: { ...request.headers, host: this.#target.host },
    });
    outgoing.end(body);
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    const answer = await buffer(incoming);
    if (trouble.kind === 'lost answer') return;
    response.writeHead(incoming.statusCode ?? 502, incoming.headers).end(answer);
  }
}
