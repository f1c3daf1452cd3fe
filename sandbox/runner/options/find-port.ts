import { once } from 'node:events';
import { createServer } from 'node:net';
import { SetupError } from './setup-error.ts';

const FIRST_PORT = 3000;
const LAST_PORT = 3099;
/** Some systems let a program take one address of a port that another program holds on all addresses. */
const ADDRESSES = ['::', '127.0.0.1', '::1'];

async function canListen(port: number, address: string): Promise<boolean> {
  const server = createServer();
  try {
    server.listen({ port, host: address, exclusive: true });
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // This machine has no such address, so no program can listen there.
    return code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT';
  }
}

/** Whether a program may listen on this port now. */
export async function isPortFree(port: number): Promise<boolean> {
  for (const address of ADDRESSES) {
    if (!(await canListen(port, address))) return false;
  }
  return true;
}

/** Returns the requested port, or the first free one from 3000. Throws `SetupError` when there is none. */
export async function findPort(wanted?: number): Promise<number> {
  if (wanted !== undefined) {
    if (await isPortFree(wanted)) return wanted;
    throw new SetupError(`Port ${wanted} is in use. Stop what listens there, or choose another with --port.`);
  }
  for (let port = FIRST_PORT; port <= LAST_PORT; port++) {
    if (await isPortFree(port)) return port;
  }
  throw new SetupError(`All ports from ${FIRST_PORT} to ${LAST_PORT} are in use. Choose one with --port.`);
}

/** A free port, chosen by the system. */
export async function anyPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The system returned no port.');
  return address.port;
}
