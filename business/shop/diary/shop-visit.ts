import 'server-only';
import type { Redis } from '@upstash/redis';
import { site } from '@/business/site';
import type { User } from '@/lib/server/auth/user';
import { getRedis } from '@/lib/server/store/redis';

/** A customer at a moment. A tool's context is one. */
export interface ShopVisit {
  user: Pick<User, 'id' | 'role'>;
  /** The network that a guest comes from; `null` for other customers, and where it is unknown. */
  network: string | null;
  now: Date;
  timeZone: string;
  redis: Redis;
}

/** Returns a visit outside a call, for the page. */
export const visitShop = (user: ShopVisit['user'], network: string | null = null): ShopVisit => ({
  user,
  network,
  now: new Date(),
  timeZone: site.timeZone,
  redis: getRedis(),
});
