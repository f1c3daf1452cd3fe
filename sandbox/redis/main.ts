import { parseArgs } from 'node:util';
import { startRedis } from './start-redis.ts';

const USAGE = 'Usage: parley-redis-sandbox [--port 0] [--token …] [--snapshot file]';

/** Throws when the command line is wrong or the port is in use. */
async function start(): Promise<void> {
  const { values } = parseArgs({
    options: { port: { type: 'string' }, token: { type: 'string' }, snapshot: { type: 'string' } },
  });
  const port = Number(values.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(USAGE);
  const redis = await startRedis({
    port,
    token: values.token,
    ...(values.snapshot === undefined ? {} : { snapshotFile: values.snapshot }),
    onCrash(error) {
      console.error(error.message);
      process.exit(1);
    },
  });
  console.log(`UPSTASH_REDIS_REST_URL=${redis.url}`);
  console.log(`UPSTASH_REDIS_REST_TOKEN=${redis.token}`);
  console.log(`REDIS_URL=${redis.redisUrl}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void redis.close().then(() => process.exit(0)));
  }
}

try {
  await start();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
