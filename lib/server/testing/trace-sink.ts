import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

const Value = z.object({
  stringValue: z.string().optional(),
  intValue: z.union([z.number(), z.string()]).optional(),
  doubleValue: z.number().optional(),
  boolValue: z.boolean().optional(),
});
const Attributes = z
  .array(z.object({ key: z.string(), value: Value }))
  .transform((list) => Object.fromEntries(list.map(({ key, value }) => [key, Object.values(value)[0]])));
const Span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().default(''),
  name: z.string(),
  /** 1: internal; 3: a request to somebody else. */
  kind: z.number(),
  startTimeUnixNano: z.coerce.string(),
  endTimeUnixNano: z.coerce.string(),
  attributes: Attributes,
  status: z.object({ code: z.number() }),
});
/** What an OTLP receiver gets as JSON: `POST /v1/traces`. */
const Export = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: Attributes }),
      scopeSpans: z.array(z.object({ spans: z.array(Span) })),
    }),
  ),
});
export type ReceivedSpan = z.infer<typeof Span>;

/** Starts a receiver of traces on this machine. `received` is every request as it came. */
export async function startTraceSink() {
  const received: { path: string; headers: Record<string, unknown>; body: string }[] = [];
  const next = { before: async (): Promise<unknown> => undefined, status: 200 };
  const server = createServer(async (request, response) => {
    received.push({ path: request.url ?? '', headers: request.headers, body: await text(request) });
    await next.before();
    response.writeHead(next.status, { 'content-type': 'application/json' }).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const exports = () => received.map(({ body }) => Export.parse(JSON.parse(body)));
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    next,
    resources: () => exports().flatMap((one) => one.resourceSpans.map(({ resource }) => resource.attributes)),
    spans: (): ReceivedSpan[] =>
      exports().flatMap((one) =>
        one.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
      ),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
