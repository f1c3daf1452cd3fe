/**
 * Measures what one process and three carry, in one run: `npm run build:image && npx jiti bench/fleet/run.ts [seconds]`.
 * A call is opened and relayed in one request, and ended in another; the provider costs nothing. Then the same among a
 * hundred thousand open calls. Needs Linux and redis-server. Exits with 1 when a call gets dearer with the number of calls.
 */
import { createClient } from '@redis/client';
import { median, print } from '../browser.ts';
import { type Latencies, load } from './load.ts';
import { startSite } from './site.ts';

const seconds = Number(process.argv[2] ?? 10);
const CALLERS = 12;
const ROUNDS = 3;
const PROCESSES = 3;
const [FEW, MANY] = [100, 100_000];
/** A call among many may cost Redis so many times what it costs among few. */
const MOST_TIMES = 1.5;
const FAR_AHEAD_MS = 3_600_000;

interface Measured {
  callsPerSecond: number;
  computedMsPerCall: number;
  commandsPerCall: number;
  redisMicrosecondsPerCall: number;
  /** What stays in Redis. A day later the record goes, after a month the entry of the history. */
  redisBytesPerCall: number;
  latencies: Latencies;
}

const site = await startSite(PROCESSES);
const redis = await createClient({ url: site.redis.url }).connect();

/**
 * Returns the microseconds that Redis has computed for scripts and commands. Those within scripts are in both, so only
 * scripts count with theirs.
 */
async function redisMicroseconds(): Promise<number> {
  const stats = await redis.info('commandstats');
  const lines = [...stats.matchAll(/^cmdstat_(\w+)[^:]*:calls=\d+,usec=(\d+)/gm)];
  return lines
    .filter(([, name]) => name === 'evalsha' || name === 'eval')
    .reduce((sum, [, , microseconds]) => sum + Number(microseconds), 0);
}

async function redisBytes(): Promise<number> {
  return Number(/^used_memory:(\d+)/m.exec(await redis.info('memory'))?.[1]);
}

async function measure(count: number): Promise<Measured> {
  const [computed, commands, microseconds, bytes] = [
    site.computedSeconds(),
    await site.redis.countCommands(),
    await redisMicroseconds(),
    await redisBytes(),
  ];
  const beganMs = performance.now();
  const latencies = await load(site.urls.slice(0, count), CALLERS, seconds);
  const passedSeconds = (performance.now() - beganMs) / 1000;
  const calls = latencies.openMs.length;
  return {
    callsPerSecond: calls / passedSeconds,
    computedMsPerCall: ((site.computedSeconds() - computed) * 1000) / calls,
    commandsPerCall: ((await site.redis.countCommands()) - commands) / calls,
    redisMicrosecondsPerCall: ((await redisMicroseconds()) - microseconds) / calls,
    redisBytesPerCall: ((await redisBytes()) - bytes) / calls,
    latencies,
  };
}

const quantile = (values: readonly number[], part: number) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * part)] ?? Number.NaN;

function report(what: string, rounds: readonly Measured[]): number {
  const callsPerSecond = median(rounds.map((one) => one.callsPerSecond));
  print(`${what}: calls a second`, callsPerSecond);
  print(`${what}: ms of a core per call`, median(rounds.map((one) => one.computedMsPerCall)));
  for (const kind of ['openMs', 'endMs'] as const) {
    const all = rounds.flatMap(({ latencies }) => latencies[kind]);
    print(`${what}: ${kind === 'openMs' ? 'open' : 'end'}, median ms`, quantile(all, 0.5));
    print(`${what}: ${kind === 'openMs' ? 'open' : 'end'}, 95 % ms`, quantile(all, 0.95));
  }
  print(`${what}: Redis commands per call`, median(rounds.map((one) => one.commandsPerCall)));
  print(`${what}: bytes that stay in Redis per call`, median(rounds.map((one) => one.redisBytesPerCall)));
  return callsPerSecond;
}

/** Stores calls that are open for a long time, as `RESERVE` does: an entry in the queue, and a record. */
async function storeOpenCalls(from: number, to: number): Promise<void> {
  for (let start = from; start < to; start += 1000) {
    const batch = redis.multi();
    for (let i = start; i < Math.min(to, start + 1000); i += 1) {
      const callId = `call_bench_${i}`;
      batch.zAdd('voice:deadlines', { score: Date.now() + FAR_AHEAD_MS + i, value: callId });
      batch.hSet(`voice:call:${callId}`, { owner: `github_${i}`, state: 'connected', deadlineMs: i });
    }
    await batch.exec();
  }
}

try {
  await load(site.urls, CALLERS, 5);
  const [one, three]: [Measured[], Measured[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    one.push(await measure(1));
    three.push(await measure(PROCESSES));
  }
  const alone = report('one process', one);
  const together = report('three processes', three);
  print('three processes carry so many times what one does', together / alone);
  await storeOpenCalls(0, FEW);
  const few = await measure(PROCESSES);
  await storeOpenCalls(FEW, MANY);
  const many = await measure(PROCESSES);
  print(`microseconds of Redis per call, among ${FEW} open calls`, few.redisMicrosecondsPerCall);
  print(`microseconds of Redis per call, among ${MANY} open calls`, many.redisMicrosecondsPerCall);
  const times = many.redisMicrosecondsPerCall / few.redisMicrosecondsPerCall;
  print('so many times as dear', times);
  if (times > MOST_TIMES) process.exitCode = 1;
} finally {
  redis.destroy();
  await site.stop();
}
