import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { keepAuthSecret } from './options/auth-secret.ts';
import { anyPort, findPort, isPortFree } from './options/find-port.ts';
import type { Environment, Plan } from './options/plan-services.ts';
import { parsePort, type RunOptions } from './options/run-options.ts';
import { SetupError } from './options/setup-error.ts';
import { type NextService, startNext } from './services/next-service.ts';
import { findLanAddress, openPhoneDoor } from './services/phone-door.ts';
import { startRealtime } from './services/realtime-service.ts';
import type { Shutdown } from './shutdown.ts';

export interface ParleyOptions {
  /** The project's root. */
  directory: string;
  options: RunOptions;
  plan: Plan;
  /** The process's environment together with the `.env` files. */
  env: Environment;
  shutdown: Shutdown;
}

type Additions = Record<string, string>;

/** A fixed port, for tests that talk to the service themselves. */
function fixedPort(env: Environment, name: string): number | undefined {
  return env[name] ? parsePort(name, env[name]) : undefined;
}

/** Stops everything because one part ended on its own. */
function giveUp(shutdown: Shutdown, sentence: string): void {
  if (shutdown.signal.aborted) return;
  console.error(`\n${sentence} Stopping everything.`);
  shutdown.stop(1);
}

async function embedRedis({ directory, options, env, shutdown }: ParleyOptions): Promise<Additions> {
  // Loaded only when it is needed: an app with a Redis of its own may leave the sandbox uninstalled.
  const { startRedis } = await import('@parley/redis-sandbox');
  const redis = await startRedis({
    port: fixedPort(env, 'SANDBOX_REDIS_PORT'),
    token: env.SANDBOX_REDIS_TOKEN || undefined,
    ...(options.mode === 'dev' ? { snapshotFile: join(directory, '.parley', 'redis.json') } : {}),
    onCrash: (error) => giveUp(shutdown, error.message),
  });
  shutdown.add(redis.close);
  return { UPSTASH_REDIS_REST_URL: redis.url, UPSTASH_REDIS_REST_TOKEN: redis.token };
}

async function embedRealtime({ directory, options, env, shutdown }: ParleyOptions) {
  const apiKey = env.SANDBOX_API_KEY || `sk-sandbox-${randomBytes(24).toString('hex')}`;
  const port = fixedPort(env, 'SANDBOX_REALTIME_PORT') ?? (await anyPort());
  // A phone would look for 127.0.0.1 in itself.
  const visitors = options.phone ? { SANDBOX_LOOPBACK: '0' } : {};
  const realtime = startRealtime({
    directory,
    env: { ...process.env, ...env, ...visitors },
    apiKey,
    port,
  });
  shutdown.add(realtime.stop);
  void realtime.ended.then((sentence) => giveUp(shutdown, sentence));
  const additions: Additions = {
    OPENAI_BASE_URL: realtime.baseUrl,
    OPENAI_API_KEY: apiKey,
    PARLEY_SANDBOX: '1',
  };
  return { ready: realtime.ready, additions };
}

/** Starts Next on the first free port, and on the next one when another program takes it first. */
async function listenWithNext({ directory, options, plan, shutdown }: ParleyOptions, additions: Additions) {
  const onlyHere = options.mode === 'dev' || plan.realtime === 'sandbox';
  const hostname = options.hostname ?? (onlyHere ? '127.0.0.1' : undefined);
  for (;;) {
    const port = await findPort(options.port);
    // Not the variables of the `.env` files: Next reads those itself, and again when they change.
    const named = hostname === undefined ? {} : { PARLEY_HOSTNAME: hostname };
    const env = { ...process.env, ...additions, ...named };
    const next: NextService = startNext({ directory, mode: options.mode, port, hostname, env });
    shutdown.add(next.stop);
    const failure = await Promise.race([next.output.listening.then(() => undefined), next.ended]);
    if (failure === undefined) {
      void next.ended.then((sentence) => giveUp(shutdown, sentence));
      return { next, port };
    }
    if (shutdown.signal.aborted || options.port !== undefined || (await isPortFree(port))) {
      throw new SetupError(`${next.earlyErrors()}${failure}`);
    }
  }
}

const PHONE_PORT = 3443;

/** The address under which a phone in the same network visits; `undefined` when none was asked for. */
function findPhoneAddress({ phone }: RunOptions): string | undefined {
  if (!phone) return undefined;
  const address = findLanAddress();
  if (address === null)
    throw new SetupError('--phone needs a network that this machine shares with the phone.');
  return address;
}

/** Whoever visits under another name than this machine's own is a stranger: see `lib/server/platform/setup/trust.ts`. */
const admitPhone = (env: Environment, address: string): Additions => ({
  VOICE_ALLOWED_HOSTS: [env.VOICE_ALLOWED_HOSTS?.trim(), address].filter(Boolean).join(','),
});

async function openDoor({ shutdown }: ParleyOptions, address: string, nextPort: number): Promise<string> {
  const { createCertificate } = await import('@parley/realtime-sandbox/self-signed');
  const port = (await isPortFree(PHONE_PORT)) ? PHONE_PORT : await anyPort();
  const door = await openPhoneDoor({
    address,
    port,
    nextPort,
    certificate: await createCertificate(address),
  });
  shutdown.add(door.close);
  return door.url;
}

export interface StartedParley {
  url: string;
  /** Where a phone in the same network visits. */
  phoneUrl?: string;
  next: NextService;
}

/** Starts what the plan names, and Next. Resolves when everything is ready. */
export async function startParley(parley: ParleyOptions): Promise<StartedParley> {
  const { directory, options, plan, env } = parley;
  const phoneAddress = findPhoneAddress(options);
  const [redis, realtime, secret] = await Promise.all([
    plan.redis === 'embedded' ? embedRedis(parley) : {},
    plan.realtime === 'sandbox' ? embedRealtime(parley) : { ready: undefined, additions: {} },
    plan.authSecret === 'kept' ? keepAuthSecret(join(directory, '.parley', 'auth-secret')) : undefined,
  ]);
  const additions: Additions = {
    ...redis,
    ...realtime.additions,
    ...(secret === undefined ? {} : { AUTH_SECRET: secret }),
    ...(plan.trustHost ? { AUTH_TRUST_HOST: '1' } : {}),
    ...(phoneAddress === undefined ? {} : admitPhone(env, phoneAddress)),
  };
  const [{ next, port }] = await Promise.all([listenWithNext(parley, additions), realtime.ready]);
  const host = options.hostname?.replace(/^(0\.0\.0\.0|::)$/, 'localhost') ?? 'localhost';
  const url = `http://${host}:${port}`;
  if (phoneAddress === undefined) return { url, next };
  return { url, phoneUrl: await openDoor(parley, phoneAddress, port), next };
}
