import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { readCall } from '@/lib/server/records/stored-call';
import { createCallFixture, leftToday, open, refusedWith, visitor } from '@/lib/server/testing/call-fixture';
import { stopwatch } from '@/lib/server/testing/stopwatch';
import { CallId } from '@/lib/shared/ids';

let answer: (response: ServerResponse) => void = () => {};

/** A server at the database's address that is not the database. */
async function startTroubledRedis() {
  const server = createServer((request, response) => {
    request.resume().on('end', () => answer(response));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    token: 'token',
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const fixture = createCallFixture(startTroubledRedis);

const send = (status: number, body: string) => (response: ServerResponse) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);
const results = (...replies: unknown[]) => send(200, JSON.stringify(replies.map((result) => ({ result }))));

describe('no reply of the database opens a call', () => {
  test.each<[string, (response: ServerResponse) => void]>([
    ['the connection is dropped', (response) => response.destroy()],
    ['no answer comes', () => {}],
    ['500', send(500, '{"error":"internal"}')],
    ['401', send(401, '{"error":"Unauthorized"}')],
    ['a page instead of JSON', send(200, '<html>hello</html>')],
    ['an object instead of a list', send(200, '{"result":"OK"}')],
    ['an empty list', send(200, '[]')],
    ['fewer results than commands', results([1, 4])],
    ['nothing', results(null, null, null)],
    ['an unknown outcome', results([1, 4], ['granted', 300], [[], []])],
    ['a reservation without a length', results([1, 4], ['reserved'], [[], []])],
    ['a reservation of no length', results([1, 4], ['reserved', 0], [[], []])],
    ['a limit that makes no sense', results('yes', ['reserved', 300], [[], []])],
    [
      'an error for each command',
      send(200, JSON.stringify(Array(3).fill({ error: 'ERR secret-key was busy' }))),
    ],
  ])('%s', async (_, behaviour) => {
    answer = behaviour;
    const refused = () => expect(open(visitor())).rejects.toEqual(refusedWith('store_unavailable'));
    expect((await stopwatch(refused)).ownMs).toBeLessThan(2000);
    expect(fixture.provider.requests).toEqual([]);
  });
});

test('nor does it make up an allowance or a call', async () => {
  answer = send(200, '{"result":"OK"}');
  await expect(leftToday(visitor())).rejects.toEqual(refusedWith('store_unavailable'));
  answer = send(200, '{"result":["owner","dXNlcg=="]}');
  await expect(readCall(CallId.parse('call_1'))).rejects.toEqual(refusedWith('store_unavailable'));
});
