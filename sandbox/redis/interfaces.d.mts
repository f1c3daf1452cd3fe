export interface EmbeddedRedis {
  /** For `UPSTASH_REDIS_REST_URL`. */
  readonly url: string;
  /** For `UPSTASH_REDIS_REST_TOKEN`. */
  readonly token: string;
  /** The engine itself, for clients that speak Redis: `redis://:password@127.0.0.1:port`. */
  readonly redisUrl: string;
  /** Deletes all data and all scripts, as before a test that must find nothing. */
  flush(): Promise<void>;
  /** Stops the engine. Writes the snapshot first, if there is one. */
  close(): Promise<void>;
}

export interface EmbeddedRedisOptions {
  /** Port of the REST front; 0, the default, lets the system choose. */
  port?: number | undefined;
  /** Bearer token; a random one by default. */
  token?: string | undefined;
  /** File that keeps the data between runs; without it, data ends with the process. */
  snapshotFile?: string | undefined;
  /** Called once if the engine stops on its own. */
  onCrash?: ((error: Error) => void) | undefined;
}
