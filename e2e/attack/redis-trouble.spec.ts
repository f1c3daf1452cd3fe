import { expect } from 'playwright/test';
import { workerTest as test } from '../worker-fixtures.ts';
import { AttackServer } from './server/attack-server.ts';
import type { Fault, PassedRequest } from './server/faulty-proxy.ts';
import { newPerson } from './server/people.ts';

let server: AttackServer;
test.beforeAll(async () => {
  server = await AttackServer.start();
  await server.mint(await newPerson());
});
test.afterAll(() => server.close());

const troubles: Record<string, Fault> = {
  refused: { kind: 'refused' },
  hanging: { kind: 'hanging' },
  'too slow': { kind: 'slow', ms: 2500 },
  '500': { kind: 'response', status: 500, body: '{"error":"internal"}' },
  nonsense: {
    kind: 'response',
    status: 200,
    body: '[{"result":"OK"},{"result":["reserved",300]},{"result":7}]',
  },
};

for (const [name, trouble] of Object.entries(troubles)) {
  test(`Redis ${name}: 503 within two seconds, and no mint`, async () => {
    const person = await newPerson();
    const before = server.toProvider.passed.length;
    server.toRedis.fault = trouble;
    const startedAt = performance.now();
    const reply = await server.mint(person);
    const tookMs = performance.now() - startedAt;
    server.toRedis.fault = { kind: 'none' };
    expect({ status: reply.status, code: reply.code }).toEqual({ status: 503, code: 'store_unavailable' });
    expect(tookMs).toBeLessThan(2000);
    expect(server.toProvider.passed.length).toBe(before);
    // A reservation that reached the database late is released: the user can call again.
    await expect.poll(() => server.sums(person.id), { timeout: 5000 }).toEqual({ spent: 0, held: 0 });
    expect((await server.mint(person)).status).toBe(201);
  });
}

test('Redis slow, but not too slow: the call opens', async () => {
  server.toRedis.fault = { kind: 'slow', ms: 300 };
  const reply = await server.mint(await newPerson());
  server.toRedis.fault = { kind: 'none' };
  expect(reply.status).toBe(201);
});

/** Every 15 s a request is followed by a look for overdue calls, which no single mint causes. */
const LOOK = 'zrange';

/** Returns the commands of a request to Redis, which holds one, or a list of them. */
function commandsOf({ body }: PassedRequest): string[] {
  const sent: string[] | string[][] = JSON.parse(body);
  const [first] = sent;
  const commands = typeof first === 'string' ? [[first]] : (sent as string[][]);
  return commands.map(([name = '']) => name.toLowerCase()).filter((name) => name !== LOOK);
}

test('a mint costs exactly one request to Redis and one to OpenAI before its response, and one for the audit after it', async () => {
  const person = await newPerson();
  server.toRedis.passed.length = 0;
  await server.mint(await newPerson());
  await expect.poll(() => server.toRedis.passed.map(({ body }) => body).join()).toContain('voice:audit');
  server.toRedis.passed.length = 0;
  server.toProvider.passed.length = 0;
  expect((await server.mint(person)).status).toBe(201);
  expect(server.toProvider.passed.length).toBe(1);
  const passed = () => server.toRedis.passed.map(commandsOf).filter((names) => names.length > 0);
  await expect.poll(passed).toEqual([['evalsha', 'evalsha'], ['xadd']]);
});
