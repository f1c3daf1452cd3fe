import { expect } from 'playwright/test';
import { workerTest as test } from '../../worker-fixtures.ts';
import { AttackServer } from '../server/attack-server.ts';
import { databaseState } from '../server/database-state.ts';
import { inBatches } from '../server/in-batches.ts';
import { cookieOf, newPerson, type Person, tokenOf } from '../server/people.ts';
import { type FuzzedRequest, fuzzedRequest, type Targets } from './fuzzed-request.ts';
import { Random } from './random.ts';
import { readSeed } from './read-seed.ts';

/** PARLEY_ATTACK=full sends ten thousand. */
const REQUESTS = process.env.PARLEY_ATTACK === 'full' ? 10_000 : 500;
const SEED = readSeed(process.env.PARLEY_FUZZ_SEED);
const TIMEOUT_MS = 10_000;

let server: AttackServer;
test.beforeAll(async () => {
  server = await AttackServer.start({ env: { LOG_LEVEL: 'error' } });
});
test.afterAll(() => server.close());

/** Refused requests may change these: counts of tries, the audit trails, and what the check of the database writes. */
const BOOKKEEPING = ['voice:limit:', 'voice:audit', 'voice:check:'];
const isBookkeeping = (key: string) => BOOKKEEPING.some((prefix) => key.startsWith(prefix));

/** Returns everything that no refused request may change. */
async function readBooks(): Promise<string> {
  const state = await databaseState(server.redis);
  return JSON.stringify(
    Object.entries(state).filter(([key]) => !isBookkeeping(key)),
    null,
    1,
  );
}

/** A user whose allowance is used up: even a correct request may open nothing. */
async function newSpentPerson(): Promise<Person> {
  const person = await newPerson();
  await server.spend(person.id, 3600);
  return person;
}

async function fire({ method, path, headers, body }: FuzzedRequest): Promise<{ status: number; ms: number }> {
  const startedAt = performance.now();
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers,
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(method === 'GET' || method === 'HEAD' ? {} : { body }),
  });
  await response.arrayBuffer();
  return { status: response.status, ms: performance.now() - startedAt };
}

test(`${REQUESTS} fuzzed requests over all routes: no 5xx, no hang, nothing changed`, async () => {
  test.setTimeout(60_000 + REQUESTS * 60);
  console.log(`Fuzz seed: ${SEED}`);
  const [victim, mallory] = [await newPerson(), await newSpentPerson()];
  const callId = await server.open(victim);
  const targets: Targets = {
    origin: server.url,
    callId,
    cookies: [
      mallory.cookie,
      mallory.cookie,
      cookieOf(await tokenOf(mallory.id, { maxAge: -60 })),
      cookieOf('a.b'),
    ],
  };
  // A first visit may store something for the user, as the demo's panel does.
  await server.send('/', { as: mallory, method: 'GET' });
  const before = await readBooks();
  const mints = server.toProvider.passed.length;

  const random = new Random(SEED);
  const requests = Array.from({ length: REQUESTS }, () => fuzzedRequest(random, targets));
  const bad: string[] = [];
  await inBatches(requests, 8, async (request) => {
    const outcome = await fire(request).catch((error: unknown) => ({ status: String(error), ms: 0 }));
    if (typeof outcome.status === 'number' && outcome.status < 500) return;
    bad.push(
      `${outcome.status} ${request.method} ${request.path.slice(0, 80)} ${JSON.stringify(request.headers)}`,
    );
  });

  expect(bad, `seed ${SEED}`).toEqual([]);
  expect(await readBooks(), `seed ${SEED}`).toBe(before);
  expect(server.toProvider.passed.length).toBe(mints);
});
