import 'server-only';
import type { Redis } from '@upstash/redis';
import { getEnv } from '@/lib/server/env';
import { getRedis } from '@/lib/server/redis';
import type { User } from '@/lib/server/user';

/** Who comes to the shop, and when. A tool's context is one. */
export interface ShopVisit {
  user: Pick<User, 'id' | 'role'>;
  now: Date;
  timeZone: string;
  redis: Redis;
}

/** A visit outside a call: for the page. */
export const visitShop = (user: ShopVisit['user']): ShopVisit => ({
  user,
  now: new Date(),
  timeZone: getEnv().shop.timeZone,
  redis: getRedis(),
});
