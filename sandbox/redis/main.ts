import { parseArgs } from 'node:util';
import { startRedis } from './embedded-redis.ts';

const HELP = `parley-redis-sandbox: a real Redis engine behind Upstash's REST protocol and the Redis protocol.

  --port <number>    port of the REST protocol, 0 for any free one      0
  --token <token>    bearer token of the REST protocol                  a random one
  --snapshot <file>  keeps the data between runs                        none
  --help             this text

It listens on this machine only, and prints UPSTASH_REDIS_REST_URL, UPSTASH_REDIS_REST_TOKEN and REDIS_URL.`;

/** @throws Error that names the flag and what it may be */
function readPort(text: string): number {
  const port = Number(text);
  if (text !== '' && Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Error(`--port is '${text}', but must be a port number, or 0 for any free one.`);
}

/** Throws when the command line is wrong or the port is in use. */
async function start(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      token: { type: 'string' },
      snapshot: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const redis = await startRedis({
    port: readPort(values.port),
    token: values.token,
    snapshotFile: values.snapshot,
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

/** What went wrong, for whoever typed the command. */
function explain(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { code, port } = error as { code?: string; port?: number };
  if (code !== 'EADDRINUSE') return error.message;
  return `Port ${port} is in use. Choose another with --port; 0 takes any free one.`;
}

try {
  await start();
} catch (error) {
  console.error(explain(error));
  process.exit(1);
}
