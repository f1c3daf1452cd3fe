import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

const ATTEMPTS = 20;

async function occupy(port: number): Promise<{ server: Server; port: number }> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { server, port: typeof address === 'object' && address ? address.port : port };
}

/** Returns the first of `count` neighbouring free ports. */
export async function findNeighbouringPorts(count: number): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const occupied = [await occupy(0)];
    const first = occupied[0]?.port ?? 0;
    try {
      while (occupied.length < count) occupied.push(await occupy(first + occupied.length));
      return first;
    } catch {
      // A neighbour is taken: try elsewhere.
    } finally {
      await Promise.all(occupied.map(({ server }) => new Promise((done) => server.close(done))));
    }
  }
  throw new Error(`There are no ${count} neighbouring free ports.`);
}
