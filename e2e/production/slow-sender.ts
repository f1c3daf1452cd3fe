import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:tls';
import { HOST, type SiteProxy } from './proxies.ts';

const CUT_OFF_WITHIN_MS = 20_000;

/** Sends the beginning of a request and nothing more. Throws unless the proxy closes the connection in time. */
async function sendBeginning({ httpsPort, certificate }: SiteProxy, text: string): Promise<void> {
  const socket = connect({ host: '127.0.0.1', port: httpsPort, servername: HOST, ca: certificate });
  await once(socket, 'secureConnect');
  socket.resume().write(text);
  const late = AbortSignal.timeout(CUT_OFF_WITHIN_MS);
  await once(socket, 'close', { signal: late }).catch(() => {
    socket.destroy();
    assert.fail(`The connection is still open ${CUT_OFF_WITHIN_MS} ms after: ${text}`);
  });
}

/** The proxy, not the site, waits for those who never finish what they send, and not for long. */
export async function sendSlowly(proxy: SiteProxy): Promise<void> {
  await Promise.all([
    sendBeginning(proxy, `GET / HTTP/1.1\r\nHost: ${HOST}\r\nCookie: a=`),
    sendBeginning(
      proxy,
      `POST /api/voice/session HTTP/1.1\r\nHost: ${HOST}\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{`,
    ),
  ]);
}
