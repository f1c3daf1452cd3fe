import type { WebSocket } from 'ws';
import type { Connection, Farewell } from '../../media/interfaces.ts';

/** A client that does not read what it requested is disconnected. */
const MAX_UNREAD_BYTES = 4 * 1024 * 1024;

/** Sends without filling the memory for a client that does not read. */
export function sendText(socket: WebSocket, text: string): void {
  if (socket.readyState !== socket.OPEN) return;
  if (socket.bufferedAmount > MAX_UNREAD_BYTES) socket.terminate();
  else socket.send(text);
}

/** A call over one WebSocket: events and, inside them, audio. */
export class SocketConnection implements Connection {
  /** The client plays the voice. */
  readonly playout = null;
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  send(text: string): void {
    sendText(this.#socket, text);
  }

  closeChannel(): void {
    this.#socket.terminate();
  }

  /** The call withholds its audio events. */
  freezeAudio(): void {}

  /** A WebSocket has no connectivity checks. */
  refuseChecks(): void {}

  /** The client plays, so its loudspeaker is its own. */
  hearItself(): void {}

  close({ code, reason }: Farewell): void {
    this.#socket.close(code, reason);
  }
}
