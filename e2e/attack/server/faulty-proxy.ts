import { once } from 'node:events';
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';

/** What happens to requests on their way to a service. */
export type Fault =
  | { kind: 'none' }
  /** The connection is dropped without a response. */
  | { kind: 'refused' }
  | { kind: 'hanging' }
  | { kind: 'slow'; ms: number }
  /** The test is told when a request arrives, and decides when it goes on. */
  | { kind: 'held'; arrived: () => void; until: Promise<void> }
  | { kind: 'response'; status: number; body: string }
  /** The service does its work, but the response never arrives. */
  | { kind: 'lost response' };

export interface PassedRequest {
  path: string;
  body: string;
}

/** A proxy between the app and a service: records what passes, and applies a fault to it. */
export class FaultyProxy {
  fault: Fault = { kind: 'none' };
  readonly passed: PassedRequest[] = [];
  readonly #target: URL;
  readonly #server = createServer((request, response) => {
    this.#pass(request, response).catch(() => response.destroy());
  });

  constructor(target: string) {
    this.#target = new URL(target);
  }

  /** Starts the proxy, and returns the address that replaces the service's own. */
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
    const { fault } = this;
    this.passed.push({ path: request.url ?? '', body: body.toString('utf8') });
    if (fault.kind === 'refused') return void response.destroy();
    if (fault.kind === 'hanging') return;
    if (fault.kind === 'response') {
      response.writeHead(fault.status, { 'content-type': 'application/json' }).end(fault.body);
      return;
    }
    if (fault.kind === 'slow') await delay(fault.ms);
    if (fault.kind === 'held') {
      fault.arrived();
      await fault.until;
    }
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
    if (fault.kind === 'lost response') return;
    response.writeHead(incoming.statusCode ?? 502, incoming.headers).end(answer);
  }
}
