import { randomBytes, randomUUID } from 'node:crypto';
import { type EmbeddedRedis, startRedis } from '@parley/redis-sandbox';
import { Redis } from '@upstash/redis';
import { findNeighbouringPorts } from '../../browser/free-ports.ts';
import { FaultyProxy } from './faulty-proxy.ts';
import { NextProcess } from './next-process.ts';
import type { Person } from './people.ts';

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  /** The stable code of a refusal. */
  code: string | null;
}

interface AttackRequest {
  as?: Person | undefined;
  method?: string;
  /** A string is sent as it is, anything else as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
}

/** Limits so high that only the one under attack can stop anything, and one administrator. */
const DEFAULTS = {
  VOICE_CALLS_PER_MINUTE: '1000',
  VOICE_SITE_BUDGET_USD_PER_DAY: '100000',
  VOICE_CALL_SECONDS: '300',
  VOICE_USER_SECONDS_PER_DAY: '3600',
  ADMIN_EMAILS: 'boss@example.com',
};

export interface AttackServerOptions {
  env?: Record<string, string>;
  /** The provider's base URL; the Realtime sandbox of this run by default. */
  provider?: { baseUrl: string; apiKey: string };
}

interface Parts {
  port: number;
  process: NextProcess;
  engine: EmbeddedRedis;
  toRedis: FaultyProxy;
  toProvider: FaultyProxy;
  cronSecret: string;
}

const sandboxProvider = () => ({
  baseUrl: `http://127.0.0.1:${process.env.SANDBOX_REALTIME_PORT}/v1`,
  apiKey: process.env.SANDBOX_API_KEY ?? '',
});

function refusalCode(text: string): string | null {
  try {
    const code: unknown = JSON.parse(text).error?.code;
    return typeof code === 'string' ? code : null;
  } catch {
    return null;
  }
}

/** A production server to attack, with a database of its own, and a proxy before each service that it uses. */
export class AttackServer {
  readonly url: string;
  /** The database itself, past the proxy. */
  readonly redis: Redis;
  readonly process: NextProcess;
  readonly toRedis: FaultyProxy;
  readonly toProvider: FaultyProxy;
  readonly cronSecret: string;
  readonly #engine: EmbeddedRedis;

  private constructor({ port, process, engine, toRedis, toProvider, cronSecret }: Parts) {
    this.url = `http://localhost:${port}`;
    this.process = process;
    this.#engine = engine;
    this.toRedis = toRedis;
    this.toProvider = toProvider;
    this.cronSecret = cronSecret;
    this.redis = new Redis({ url: engine.url, token: engine.token, enableTelemetry: false });
  }

  static async start({ env = {}, provider = sandboxProvider() }: AttackServerOptions = {}) {
    const [engine, port] = await Promise.all([startRedis(), findNeighbouringPorts(1)]);
    const toRedis = new FaultyProxy(engine.url);
    const toProvider = new FaultyProxy(provider.baseUrl);
    const cronSecret = randomBytes(24).toString('hex');
    const next = new NextProcess(port, {
      ...process.env,
      ...DEFAULTS,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      PARLEY_SANDBOX: '1',
      NEXTAUTH_URL: `http://localhost:${port}`,
      UPSTASH_REDIS_REST_URL: await toRedis.listen(),
      UPSTASH_REDIS_REST_TOKEN: engine.token,
      OPENAI_BASE_URL: await toProvider.listen(),
      OPENAI_API_KEY: provider.apiKey,
      CRON_SECRET: cronSecret,
      ...env,
    });
    await next.start();
    return new AttackServer({ port, process: next, engine, toRedis, toProvider, cronSecret });
  }

  async close(): Promise<void> {
    await this.process.kill();
    await Promise.all([this.toRedis.close(), this.toProvider.close()]);
    await this.#engine.close();
  }

  /** Sends a request as the app's own page would, unless the request says otherwise. */
  async send(path: string, { as, method = 'POST', body, headers = {} }: AttackRequest = {}): Promise<Reply> {
    const sent = typeof body === 'string' ? body : JSON.stringify(body ?? {});
    const response = await fetch(`${this.url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        origin: this.url,
        'content-type': 'application/json',
        ...(as ? { cookie: as.cookie } : {}),
        ...headers,
      },
      ...(method === 'GET' || method === 'HEAD' ? {} : { body: sent }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, code: refusalCode(text) };
  }

  mint(as: Person, body: object = {}): Promise<Reply> {
    return this.send('/api/voice/session', { as, body });
  }

  /** Opens a call and returns its id. Throws when the server refuses. */
  async open(as: Person): Promise<string> {
    const reply = await this.mint(as);
    if (reply.status !== 201) throw new Error(`No call: ${reply.status} ${reply.text}`);
    return JSON.parse(reply.text).callId;
  }

  /** Opens a call and reports a connection, as a page does once it talks. Tools run in such calls only. */
  async openConnected(as: Person): Promise<string> {
    const callId = await this.open(as);
    const rtcCallId = `rtc_${randomUUID().replaceAll('-', '')}`;
    const reply = await this.send(`/api/voice/calls/${callId}/connected`, { as, body: { rtcCallId } });
    if (reply.status !== 204) throw new Error(`Not connected: ${reply.status} ${reply.text}`);
    return callId;
  }

  /** Asks for the end of overdue calls, as the scheduler does. */
  reap(): Promise<Reply> {
    return this.send('/api/cron/reap', {
      method: 'GET',
      headers: { authorization: `Bearer ${this.cronSecret}` },
    });
  }

  /** Returns the calls that the database holds. */
  async calls(): Promise<Record<string, string>[]> {
    const keys = await this.redis.keys('voice:call:*');
    const calls = await Promise.all(keys.map((key) => this.redis.hgetall<Record<string, string>>(key)));
    return calls.filter((call) => call !== null);
  }

  /** Returns what an account (a user's id, or `site`) has spent and holds today. */
  async sums(account: string): Promise<{ spent: number; held: number }> {
    const [spent, held] = [`${account}:spent`, `${account}:held`];
    const sums = await this.redis.hmget<Record<string, number>>(this.#books(), spent, held);
    return { spent: Number(sums?.[spent] ?? 0), held: Number(sums?.[held] ?? 0) };
  }

  /** Lets an account have spent so much today. */
  async spend(account: string, spent: number): Promise<void> {
    await this.redis.hset(this.#books(), { [`${account}:spent`]: spent });
  }

  /** Returns the call in a user's slot, or `null`. */
  async slotOf(userId: string): Promise<string | null> {
    const slot = await this.redis.hget<{ callId: string; void?: boolean }>(this.#books(), `slot:${userId}`);
    return slot && !slot.void ? slot.callId : null;
  }

  #books(): string {
    return `voice:books:${new Date().toISOString().slice(0, 10)}`;
  }
}
