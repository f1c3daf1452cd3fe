import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { startTraceSink } from '../../../lib/server/testing/trace-sink.ts';
import { FaultyProxy } from '../../attack/server/faulty-proxy.ts';
import { findNeighbouringPorts } from '../../browser/free-ports.ts';
import { readImage } from '../container/dockerfile.ts';
import { HostedProcess } from '../hosted-process.ts';
import { inContainer, type Provider } from '../image-site.ts';
import type { ImageFolder } from '../prepare-image.ts';
import { HOST, type SiteProxy } from '../proxies.ts';
import { type SystemRedis, startSystemRedis } from '../system-redis.ts';
import { type Ports, startFront } from './front.ts';

export const SITE = `https://${HOST}`;
/** What Next's server exits with after SIGTERM: 128 + 15. */
export const EXIT_CODE = 143;

const image = readImage();

type TraceSink = Awaited<ReturnType<typeof startTraceSink>>;

interface Surroundings {
  ports: Ports;
  redis: SystemRedis;
  toProvider: FaultyProxy;
  front: SiteProxy;
  traces: TraceSink;
}

/** Three processes of the image, one Redis, one provider, one receiver of traces, and nginx with TLS in front. */
export class Fleet {
  readonly authSecret = randomBytes(32).toString('base64url');
  readonly ports: Ports;
  readonly redis: SystemRedis;
  readonly front: SiteProxy;
  readonly traces: TraceSink;
  readonly #toProvider: FaultyProxy;
  readonly #servers = new Map<number, HostedProcess>();
  readonly #settings: Record<string, string>;

  private constructor(around: Surroundings, settings: Record<string, string>) {
    this.ports = around.ports;
    this.redis = around.redis;
    this.front = around.front;
    this.traces = around.traces;
    this.#toProvider = around.toProvider;
    this.#settings = settings;
  }

  static async start(
    folder: ImageFolder,
    { baseUrl, apiKey }: Provider,
    settings: Record<string, string>,
  ): Promise<Fleet> {
    const port = await findNeighbouringPorts(3);
    const ports: Ports = [port, port + 1, port + 2];
    const front = await startFront(ports);
    const redis = await startSystemRedis();
    const toProvider = new FaultyProxy(baseUrl);
    const address = await toProvider.listen();
    const traces = await startTraceSink();
    const about = {
      OPENAI_BASE_URL: address,
      OPENAI_API_KEY: apiKey,
      OTEL_EXPORTER_OTLP_ENDPOINT: traces.url,
      ...settings,
    };
    const fleet = new Fleet({ ports, redis, toProvider, front, traces }, about);
    await Promise.all(ports.map((_, index) => fleet.launch(index, folder)));
    return fleet;
  }

  /** Starts one process, as the image does. Resolves when it responds. */
  async launch(index: number, { directory }: ImageFolder): Promise<void> {
    const port = this.ports[index];
    const env = {
      ...image.env,
      HOSTNAME: '127.0.0.1',
      PORT: String(port),
      REDIS_URL: this.redis.url,
      AUTH_SECRET: this.authSecret,
      AUTH_GUEST: 'true',
      NEXTAUTH_URL: SITE,
      CLIENT_IP_HEADER: 'x-real-ip',
      ...this.#settings,
    };
    const server = new HostedProcess(inContainer(image.command, directory, env));
    this.#servers.set(index, server);
    await server.responds(`http://127.0.0.1:${port}/icon.svg`);
  }

  /** As a power cut does: nothing is finished. */
  async kill(index: number): Promise<void> {
    const server = this.server(index);
    process.kill(-server.pid, 'SIGKILL');
    await server.ended();
  }

  /** SIGTERM, its end, and a new process in its place. */
  async replace(index: number, folder: ImageFolder): Promise<void> {
    const server = this.server(index);
    server.terminate();
    await server.ended();
    assert.equal(server.exitCode, EXIT_CODE, server.printed);
    await this.launch(index, folder);
  }

  server(index: number): HostedProcess {
    const server = this.#servers.get(index);
    if (!server) throw new Error(`There is no process ${index}.`);
    return server;
  }

  /** What all of them and nginx have printed, for whoever looks for a cause. */
  printed(): string {
    return [...[...this.#servers.values()].map(({ printed }) => printed), this.front.printed()].join(
      '\n---\n',
    );
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#servers.values()].map((server) => server.stop()));
    this.traces.close();
    await Promise.all([this.front.stop(), this.redis.stop(), this.#toProvider.close()]);
  }
}
