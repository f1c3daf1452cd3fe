import type { WebSocket } from 'ws';

/** Long enough for a client that is stopped at a breakpoint for a moment. */
const PING_EVERY_MS = 60_000;

/**
 * Ends a connection whose client died without a word: it answers no ping until the next one is due. Otherwise it would
 * keep its session, and the session's place, for an hour.
 */
export function dropWhenDead(socket: WebSocket): void {
  let isAlive = true;
  const pings = setInterval(() => {
    if (!isAlive) return socket.terminate();
    isAlive = false;
    socket.ping();
  }, PING_EVERY_MS);
  socket.on('pong', () => {
    isAlive = true;
  });
  socket.on('close', () => clearInterval(pings));
}
