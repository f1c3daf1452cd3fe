import { randomBytes } from 'node:crypto';
import { type EmbeddedRedis, startRedis } from '@parley/redis-sandbox';
import { Redis } from '@upstash/redis';
import { findNeighbouringPorts } from '../../browser/free-ports.ts';
import { TroubledProxy } from './faulty-proxy.ts';
import { NextProcess } from './next-process.ts';
import type { Person } from './people.ts';

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The stable code of a refusal. */
  code: string | null;
}

interface Attack {
  as?: Person | undefined;
  method?: string;
  /** Sent as it is when it is a string, else as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
}

/** Enough that only the limit under attack can stop anything. */
const GENEROUS = {
  VOICE_CALLS_PER_MINUTE: '1000',
  VOICE_SITE_BUDGET_USD_PER_DAY: '100000',
  VOICE_CALL_SECONDS: '300',
  VOICE_USER_SECONDS_PER_DAY: '3600',
};

export interface StageOptions {
  env?: Record<string, string>;
  /** The provider's base URL; the Realtime sandbox of this run by default. */
  provider?: { baseUrl: string; apiKey: string };
}

const sandboxProvider = () => ({
  baseUrl: `http://127.0.0.1:${process.env.SANDBOX_REALTIME_PORT}/v1`,
  apiKey: process.env.SANDBOX_API_KEY ?? '',
});

const codeOf = (text: string): string | null => {
  try {
    const code: unknown = JSON.parse(text).error?.code;
    return typeof code === 'string' ? code : null;
  } catch {
    return null;
  }
};

/** A production server to attack, with a database of its own, and with everything between them under control. */
export class Stage {
  readonly url: string;
  /** The database itself, past all trouble. */
  readonly redis: Redis;
  readonly server: NextProcess;
  readonly toRedis: TroubledProxy;
  readonly toProvider: TroubledProxy;
  readonly cronSecret: string;
  readonly #engine: EmbeddedRedis;

  private constructor(fields: {
    port: number;
    server: NextProcess;
    engine: EmbeddedRedis;
    toRedis: TroubledProxy;
    toProvider: TroubledProxy;
    cronSecret: string;
  }) {
    this.url = `http://localhost:${fields.port}`;
    this.server = fields.server;
    this.#engine = fields.engine;
    this.toRedis = fields.toRedis;
    this.toProvider = fields.toProvider;
    this.cronSecret = fields.cronSecret;
    this.redis = new Redis({ url: fields.engine.url, token: fields.engine.token, enableTelemetry: false });
  }

  static async start({ env = {}, provider = sandboxProvider() }: StageOptions = {}): Promise<Stage> {
    const [engine, port] = await Promise.all([startRedis(), findNeighbouringPorts(1)]);
    const toRedis = new TroubledProxy(engine.url);
    const toProvider = new TroubledProxy(provider.baseUrl);
    const cronSecret = randomBytes(24).toString('hex');
    const server = new NextProcess(port, {
      ...process.env,
      ...GENEROUS,
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
    await server.start();
    return new Stage({ port, server, engine, toRedis, toProvider, cronSecret });
  }

  async close(): Promise<void> {
    await this.server.kill();
    await Promise.all([this.toRedis.close(), this.toProvider.close()]);
    await this.#engine.close();
  }

  /** Sends a request as the app's own page would, unless told otherwise. */
  async send(path: string, { as, method = 'POST', body, headers = {} }: Attack = {}): Promise<Answer> {
    const text = typeof body === 'string' ? body : JSON.stringify(body ?? {});
    const response = await fetch(`${this.url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        origin: this.url,
        'content-type': 'application/json',
        ...(as ? { cookie: as.cookie } : {}),
        ...headers,
      },
      ...(method === 'GET' || method === 'HEAD' ? {} : { body: text }),
    });
    const answered = await response.text();
    return { status: response.status, headers: response.headers, text: answered, code: codeOf(answered) };
  }

  mint(as: Person, body: object = {}): Promise<Answer> {
    return this.send('/api/voice/session', { as, body });
  }

  /** Opens a call that must open, and answers its id. */
  async open(as: Person): Promise<string> {
    const answer = await this.mint(as);
    if (answer.status !== 201) throw new Error(`No call: ${answer.status} ${answer.text}`);
    return JSON.parse(answer.text).callId;
  }

  /** Has the forgotten calls ended, as the scheduler does. */
  reap(): Promise<Answer> {
    return this.send('/api/cron/reap', {
      method: 'GET',
      headers: { authorization: `Bearer ${this.cronSecret}` },
    });
  }

  /** The calls that the database knows. */
  async calls(): Promise<Record<string, string>[]> {
    const keys = (await this.redis.keys('voice:call:*')).filter((key) => !key.endsWith(':tools'));
    const calls = await Promise.all(keys.map((key) => this.redis.hgetall<Record<string, string>>(key)));
    return calls.filter((call) => call !== null);
  }

  /** What one account or the site has spent and holds today. */
  async sums(account: string): Promise<{ spent: number; held: number }> {
    const day = new Date().toISOString().slice(0, 10);
    const sums = await this.redis.hgetall<{ spent: number; held: number }>(`voice:${account}:${day}`);
    return { spent: Number(sums?.spent ?? 0), held: Number(sums?.held ?? 0) };
  }
}
