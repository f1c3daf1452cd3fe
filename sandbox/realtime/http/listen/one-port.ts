import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer, type Server as SecureServer } from 'node:https';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createCertificate } from './self-signed.ts';

/** The first byte of a TLS handshake; no HTTP method begins with it. */
const TLS_HANDSHAKE = 22;
/** Lets the closing frame of a WebSocket leave. */
const FAREWELL_MS = 100;

/**
 * Serves HTTP and HTTPS on the same port, told apart by the first byte: the `openai` package turns the scheme of any
 * base URL into `wss` and keeps its port.
 */
export class OnePort {
  readonly #onRequest: RequestListener;
  readonly #plain: Server;
  readonly #front = createServer((socket) => this.#accept(socket));
  readonly #sockets = new Set<Socket>();
  #secure: SecureServer | null = null;
  /** PEM, once it listens. */
  certificate = '';

  constructor(onRequest: RequestListener) {
    this.#onRequest = onRequest;
    this.#plain = createHttpServer(onRequest);
  }

  async listen(port: number, host: string, onServer: (server: Server) => void): Promise<AddressInfo> {
    const { cert, key } = await createCertificate(host);
    this.certificate = cert;
    this.#secure = createHttpsServer({ cert, key }, this.#onRequest);
    onServer(this.#plain);
    onServer(this.#secure);
    await new Promise<void>((resolve, reject) => {
      this.#front.once('error', reject);
      this.#front.listen(port, host, resolve);
    });
    return this.#front.address() as AddressInfo;
  }

  /** Ends open requests at once, and WebSockets as soon as they had time to say goodbye. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#front.close(resolve));
    this.#plain.closeAllConnections();
    this.#secure?.closeAllConnections();
    const rest = setTimeout(() => {
      for (const socket of this.#sockets) socket.destroy();
    }, FAREWELL_MS);
    await closed;
    clearTimeout(rest);
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    // Until a server takes the socket, nothing else handles its errors.
    socket.on('error', () => socket.destroy());
    socket.once('data', (first) => {
      socket.pause();
      socket.unshift(first);
      if (first[0] === TLS_HANDSHAKE) {
        // TLS reads what waits on its own; a resumed socket would drop it.
        this.#secure?.emit('connection', socket);
      } else {
        this.#plain.emit('connection', socket);
        socket.resume();
      }
    });
  }
}
