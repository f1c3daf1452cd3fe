import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { request as requestTls } from 'node:https';
import { buffer } from 'node:stream/consumers';
import type { Send } from '../../sandbox/runner/services/guest-session.ts';
import { HOST, type SiteProxy } from './proxies.ts';

interface VisitorOptions {
  /** The visitor's own address, of this machine. */
  from?: string;
  /** Headers that a browser would not send. */
  headers?: Record<string, string>;
  /** Every cookie that the site sets. */
  cookies?: string[];
}

/** Returns what sends a visitor's requests to the proxy, whatever the name in the address: there is no DNS here. */
export function visit(
  proxy: SiteProxy,
  { from = '127.0.0.1', headers = {}, cookies = [] }: VisitorOptions = {},
): Send {
  return async (url, init) => {
    const { protocol, host, pathname, search } = new URL(url);
    const isTls = protocol === 'https:';
    const content = init.body == null ? undefined : Buffer.from(await new Response(init.body).arrayBuffer());
    const given = Object.fromEntries(new Request(url, { ...init, signal: null }).headers);
    const outgoing = (isTls ? requestTls : request)({
      host: '127.0.0.1',
      port: isTls ? proxy.httpsPort : proxy.httpPort,
      localAddress: from,
      path: `${pathname}${search}`,
      method: init.method ?? 'GET',
      headers: { ...given, ...(content ? { 'content-length': content.length } : {}), host, ...headers },
      agent: false,
      ...(isTls ? { servername: HOST, ca: proxy.certificate } : {}),
    });
    outgoing.end(content);
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    cookies.push(...(incoming.headers['set-cookie'] ?? []));
    const body = await buffer(incoming);
    const status = incoming.statusCode ?? 500;
    const answered = Object.entries(incoming.headersDistinct).flatMap(([name, values]) =>
      (values ?? []).map((value): [string, string] => [name, value]),
    );
    return new Response([204, 304].includes(status) ? null : body, { status, headers: answered });
  };
}
