import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { McpServer, WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server';
import { z } from 'zod';

/** What the server was asked to do, with the headers of the request. */
export interface AskedTool {
  name: string;
  arguments: Record<string, unknown>;
}

/** A parcel service over MCP, on this machine, made with the official SDK. `token` is the only bearer it admits. */
export class ParcelServer {
  readonly asked: AskedTool[] = [];
  readonly headers: IncomingMessage['headers'][] = [];
  readonly #token: string | null;
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  url = '';

  constructor(token: string | null = null) {
    this.#token = token;
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/mcp`;
    return this;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.headers.push(request.headers);
    if (this.#token !== null && request.headers.authorization !== `Bearer ${this.#token}`) {
      response.writeHead(401).end();
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const { method = 'GET' } = request;
    const headers = new Headers(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const body = method === 'POST' ? { body: Buffer.concat(chunks) } : {};
    const transport = new WebStandardStreamableHTTPServerTransport();
    await this.#tools().connect(transport);
    const answer = await transport.handleRequest(new Request(this.url, { method, headers, ...body }));
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  }

  #tools(): McpServer {
    const server = new McpServer({ name: 'parcels', version: '1.0.0' });
    const day = z.string().describe('The day, such as friday.');
    const record = (name: string, args: Record<string, unknown>) =>
      this.asked.push({ name, arguments: args });
    server.registerTool(
      'get_pickup_times',
      {
        description: 'Lists the times at which parcels are picked up on a day.',
        inputSchema: z.object({ day }),
        annotations: { readOnlyHint: true },
      },
      (args) => {
        record('get_pickup_times', args);
        const summary = `On ${args.day} we come at ten.`;
        return { content: [{ type: 'text', text: JSON.stringify({ summary }) }] };
      },
    );
    server.registerTool(
      'cancel_pickup',
      { description: 'Cancels the pickup of a day.', inputSchema: z.object({ day }) },
      (args) => {
        record('cancel_pickup', args);
        if (args.day === 'broken') throw new Error('The scanner is broken.');
        return { content: [{ type: 'text', text: '{"summary":"We stay away."}' }] };
      },
    );
    return server;
  }
}
