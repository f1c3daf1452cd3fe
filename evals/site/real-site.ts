import { randomBytes } from 'node:crypto';

interface RealSite {
  variables: Record<string, string>;
  /** Ends its database. */
  stop: () => Promise<void>;
}

/**
 * Returns the settings by which a site talks to a real model: with an embedded database, and with the run's budget as its own
 * limit of the day. Throws without a key.
 */
export async function provideRealSite(budgetUsd: string): Promise<RealSite> {
  if (!process.env.OPENAI_API_KEY) throw new Error('A real model needs OPENAI_API_KEY.');
  // Loaded only when it is needed, as `npm run dev` does.
  const { startRedis } = await import('@parley/redis-sandbox');
  const redis = await startRedis({ onCrash: (error) => console.error(error.message) });
  return {
    variables: {
      PARLEY_SANDBOX: '0',
      UPSTASH_REDIS_REST_URL: redis.url,
      UPSTASH_REDIS_REST_TOKEN: redis.token,
      AUTH_SECRET: randomBytes(32).toString('base64url'),
      VOICE_SITE_BUDGET_USD_PER_DAY: budgetUsd,
      VOICE_GUEST_BUDGET_USD_PER_DAY: budgetUsd,
    },
    stop: redis.close,
  };
}
