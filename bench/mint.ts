import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/*
 * Measures what a mint costs our server, beside a request that does nothing, with few and with many stored calls.
 * `npm run build && npx jiti bench/mint.ts` prints one figure a line.
 */

// The forged sign-ins need the secret when their module loads.
process.env.AUTH_SECRET ??= randomBytes(32).toString('base64url');
const { AttackServer } = await import('../e2e/attack/server/attack-server.ts');
const { newPeople } = await import('../e2e/attack/server/people.ts');
type AttackServer = Awaited<ReturnType<typeof AttackServer.start>>;
type Person = Awaited<ReturnType<typeof newPeople>>[number];

const ROUNDS = 6;
const PER_ROUND = 50;
const STORED_CALLS = [10, 100_000];
const BATCH = 1000;
/** Linux counts a process's CPU time in hundredths of a second. */
const MS_PER_TICK = 10;

/** Starts a provider that mints at once, so that only our side is measured. */
async function startProvider() {
  const secret = JSON.stringify({ value: 'ek_bench', expires_at: 4_000_000_000, session: {} });
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(secret);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { server, baseUrl: `http://127.0.0.1:${port}/v1` };
}

/** Returns the CPU time that a process has used, in milliseconds; `null` where the system does not report it. */
function cpuMs(pid: number): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
  } catch {
    return null;
  }
}

interface Sample {
  latenciesMs: number[];
  cpuMs: number;
}

async function measure(
  server: AttackServer,
  sample: Sample,
  work: (index: number) => Promise<number>,
  wanted: number,
) {
  const before = cpuMs(server.process.pid);
  for (let index = 0; index < PER_ROUND; index++) {
    const startedAt = performance.now();
    const status = await work(index);
    sample.latenciesMs.push(performance.now() - startedAt);
    if (status !== wanted) throw new Error(`Answered ${status} instead of ${wanted}.`);
  }
  sample.cpuMs += (cpuMs(server.process.pid) ?? Number.NaN) - (before ?? Number.NaN);
}

/** Stores open calls of other users, as the ledger writes them. */
async function storeCalls(server: AttackServer, from: number, to: number): Promise<void> {
  const script = `
    local at = tonumber(ARGV[3])
    for i = tonumber(ARGV[1]), tonumber(ARGV[2]) - 1 do
      local id = 'call_stored_' .. i
      redis.call('HSET', 'voice:call:' .. id, 'state', 'open', 'reservedSeconds', '300', 'microUsdPerSecond', '1000',
        'startedAtMs', ARGV[3], 'deadlineMs', string.format('%.0f', at + 300000 + i), 'owner', 'github_' .. i,
        'agent', 'anyone', 'day', '2031-01-01', 'connect', 'direct', 'accounts', '[]', 'secretUntilMs', ARGV[3],
        'queued', id)
      redis.call('HSET', 'voice:books:' .. ARGV[4], 'github_' .. i .. ':spent', '0', 'github_' .. i .. ':held', '300',
        'slot:github_' .. i, cjson.encode({callId = id, seconds = 300, price = 1000, accounts = {}}))
      redis.call('ZADD', 'voice:deadlines', string.format('%.0f', at + 3600000 + i), id)
    end
    return 1`;
  for (let first = from; first < to; first += BATCH) {
    const today = new Date().toISOString().slice(0, 10);
    await server.redis.eval(script, [], [first, Math.min(to, first + BATCH), Date.now(), today]);
  }
}

const quantile = (values: number[], q: number) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? Number.NaN;

function print(name: string, value: number, unit: string): void {
  console.log(`${name.padEnd(52)} ${Number.isNaN(value) ? 'not known here' : value.toFixed(2)} ${unit}`);
}

/** Alternates mints and no-ops, so that other load on the machine affects both. */
async function compare(server: AttackServer, people: Person[], storedCalls: number): Promise<void> {
  const mint: Sample = { latenciesMs: [], cpuMs: 0 };
  const noop: Sample = { latenciesMs: [], cpuMs: 0 };
  const [redis, provider] = [server.toRedis.passed.length, server.toProvider.passed.length];
  for (let round = 0; round < ROUNDS; round++) {
    const crowd = people.slice(round * PER_ROUND, (round + 1) * PER_ROUND);
    const mintOne = async (index: number) => (await server.mint(crowd[index] as Person)).status;
    const noopOne = async (index: number) => (await server.send('/api/nothing', { as: crowd[index] })).status;
    await measure(server, mint, mintOne, 201);
    await measure(server, noop, noopOne, 404);
  }
  const mints = ROUNDS * PER_ROUND;
  const at = `with ${storedCalls.toLocaleString('en')} calls`;
  print(`mint latency, median, ${at}`, quantile(mint.latenciesMs, 0.5), 'ms');
  print(`mint latency, 95th, ${at}`, quantile(mint.latenciesMs, 0.95), 'ms');
  print(`no-op latency, median, ${at}`, quantile(noop.latenciesMs, 0.5), 'ms');
  print(`mint CPU, ${at}`, mint.cpuMs / mints, 'ms');
  print(`no-op CPU, ${at}`, noop.cpuMs / mints, 'ms');
  print(`mint CPU over no-op CPU, ${at}`, mint.cpuMs / noop.cpuMs, 'times');
  const requests = server.toRedis.passed.slice(redis);
  const audits = requests.filter(({ body }) => /"xadd"/i.test(body) && !/"evalsha"/i.test(body)).length;
  print(`requests to Redis before the answer, ${at}`, (requests.length - audits) / mints, '');
  print(`audit requests after the answer, ${at}`, audits / mints, '');
  print(`requests to the provider per mint, ${at}`, (server.toProvider.passed.length - provider) / mints, '');
}

const { server: provider, baseUrl } = await startProvider();
const server = await AttackServer.start({
  provider: { baseUrl, apiKey: 'sk-bench-key' },
  env: { LOG_LEVEL: 'info' },
});
try {
  for (const person of await newPeople(PER_ROUND)) {
    await server.mint(person);
    await server.send('/api/nothing', { as: person });
  }
  let stored = 0;
  for (const count of STORED_CALLS) {
    await storeCalls(server, stored, count);
    stored = count;
    await compare(server, await newPeople(ROUNDS * PER_ROUND), count);
  }
} finally {
  await server.close();
  provider.closeAllConnections();
  provider.close();
}
