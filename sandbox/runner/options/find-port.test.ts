import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { anyPort, findPort, isPortFree } from './find-port.ts';
import { SetupError } from './setup-error.ts';

let server: Server | undefined;
afterEach(() => server?.close());

async function occupy(address: string): Promise<number> {
  const port = await anyPort();
  server = createServer().listen(port, address);
  await once(server, 'listening');
  return port;
}

it.each(['127.0.0.1', '0.0.0.0', '::'])('sees that a port is taken on %s', async (address) => {
  const port = await occupy(address);
  expect(await isPortFree(port)).toBe(false);
  await expect(findPort(port)).rejects.toThrow(SetupError);
});

it('returns the requested port when it is free, and leaves it free', async () => {
  const port = await anyPort();
  expect(await findPort(port)).toBe(port);
  expect(await isPortFree(port)).toBe(true);
});

it('finds a free port on its own', async () => {
  expect(await findPort()).toBeGreaterThanOrEqual(3000);
});
