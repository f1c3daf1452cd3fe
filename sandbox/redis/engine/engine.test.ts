import { createClient } from '@redis/client';
import { afterEach, expect, it, vi } from 'vitest';
import { type Engine, startEngine } from './engine.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function start(onCrash: (error: Error) => void = () => undefined): Promise<Engine> {
  const engine = await startEngine(onCrash);
  open.push(engine);
  return engine;
}

async function connect(url: string) {
  const client = createClient({ url, RESP: 2, socket: { reconnectStrategy: false } });
  client.on('error', () => undefined);
  await client.connect();
  open.push({ close: () => client.isOpen && client.destroy() });
  return client;
}

it('accepts no connection without the password', async () => {
  const { url } = await start();
  const { port } = new URL(url);
  const stranger = await connect(`redis://127.0.0.1:${port}`);
  await expect(stranger.sendCommand(['GET', 'key'])).rejects.toThrow(/NOAUTH/);
});

it('replies at once, not with the next tick of its timer', async () => {
  const client = await connect((await start()).url);
  const startedAt = performance.now();
  for (let count = 0; count < 50; count++) await client.sendCommand(['INCR', 'n']);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});

it('runs side by side, each with its own data', async () => {
  const [one, two] = await Promise.all([start(), start()]);
  const [first, second] = await Promise.all([connect(one.url), connect(two.url)]);
  await first.set('key', 'first');
  expect(await second.get('key')).toBeNull();
});

it('expires keys and wakes blocked clients on its own', async () => {
  const { url } = await start();
  const [waiter, pusher] = await Promise.all([connect(url), connect(url)]);
  expect(await waiter.sendCommand(['BLPOP', 'list', '0.1'])).toBeNull();
  const popped = waiter.sendCommand(['BLPOP', 'list', '5']);
  await pusher.sendCommand(['RPUSH', 'list', 'x']);
  expect(await popped).toEqual(['list', 'x']);
});

it('survives 100 clients that come and go', async () => {
  const { url } = await start();
  for (let round = 0; round < 10; round++) {
    const clients = await Promise.all(Array.from({ length: 10 }, () => connect(url)));
    await Promise.all(clients.map((client) => client.ping()));
    for (const client of clients) client.destroy();
  }
  const client = await connect(url);
  await vi.waitFor(async () => expect(await client.info('clients')).toMatch(/connected_clients:1\r/));
});

it('reports its stop once, and closes its connections', async () => {
  const onCrash = vi.fn();
  const client = await connect((await start(onCrash)).url);
  await expect(client.sendCommand(['SHUTDOWN', 'NOSAVE'])).rejects.toThrow();
  expect(onCrash).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ message: expect.any(String) }));
});
