import { randomBytes } from 'node:crypto';
import { connectBridge } from './engine/bridge.ts';
import { startEngine } from './engine/engine.ts';
import { restoreSnapshot, saveSnapshot } from './engine/snapshot.ts';
import type { EmbeddedRedis, EmbeddedRedisOptions } from './interfaces.mjs';
import { startRestFront } from './rest/rest-front.ts';

/** As `start-redis.d.mts` describes it. */
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
    async flush() {
      await bridge.send(['FLUSHALL']);
      await bridge.send(['SCRIPT', 'FLUSH']);
    },
    close: async () => {
      await front.close();
      if (snapshotFile && !crashed) await saveSnapshot(bridge.send, snapshotFile).finally(closeEngine);
      else await closeEngine();
    },
  };
}
