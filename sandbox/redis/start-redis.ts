import { randomBytes } from 'node:crypto';
import { connectBridge } from './engine/bridge.ts';
import { startEngine } from './engine/engine.ts';
import { restoreSnapshot, saveSnapshot } from './engine/snapshot.ts';
import { startRestFront } from './rest/rest-front.ts';

export interface EmbeddedRedis {
  /** For `UPSTASH_REDIS_REST_URL`. */
  url: string;
  /** For `UPSTASH_REDIS_REST_TOKEN`. */
  token: string;
  /** The engine itself, for clients that speak Redis: `redis://:password@127.0.0.1:port`. */
  redisUrl: string;
  close(): Promise<void>;
}

export interface EmbeddedRedisOptions {
  /** Port of the REST front; 0, the default, lets the system choose. */
  port?: number | undefined;
  /** Bearer token; a random one by default. */
  token?: string | undefined;
  /** File that keeps the data between runs; without it, data ends with the process. */
  snapshotFile?: string;
  /** Called once if the engine stops on its own. */
  onCrash?: (error: Error) => void;
}

/**
 * A real Valkey engine in this process behind the Upstash REST protocol, reachable from this machine only.
 * Throws when `port` is in use.
 */
export async function startRedis(options: EmbeddedRedisOptions = {}): Promise<EmbeddedRedis> {
  const { port = 0, token = randomBytes(24).toString('hex'), snapshotFile, onCrash } = options;
  let crashed = false;
  const engine = await startEngine((error) => {
    crashed = true;
    onCrash?.(error);
  });
  const bridge = await connectBridge(engine.url);
  const closeEngine = () => {
    bridge.close();
    return engine.close();
  };

  if (snapshotFile && !(await restoreSnapshot(bridge.send, snapshotFile))) {
    console.warn(`The Redis snapshot ${snapshotFile} is damaged and is ignored.`);
  }
  const front = await startRestFront(bridge, token, port).catch(async (error: unknown) => {
    await closeEngine();
    throw error;
  });

  return {
    url: front.url,
    token,
    redisUrl: engine.url,
    close: async () => {
      await front.close();
      if (snapshotFile && !crashed) await saveSnapshot(bridge.send, snapshotFile).finally(closeEngine);
      else await closeEngine();
    },
  };
}
