// Plain JavaScript, because Node 20 does not run TypeScript: loads the module and nothing else by the loader.
import { createJiti } from 'jiti';

export const { startRedis } = await createJiti(import.meta.url).import('./embedded-redis.ts');
