import 'server-only';
import { z } from 'zod';
import { defineTool } from '@/lib/server/agents/define-tool';
import { fail, ok } from '@/lib/server/agents/outcome';

const KEEP_SECONDS = 30 * 24 * 3600;
const DAY_SECONDS = 24 * 3600;
const MOST_A_DAY = 10;

export const reportLostItem = defineTool({
  name: 'report_lost_item',
  title: 'Report a lost item',
  description:
    'Puts an item on the list of things to look for. Use it when the visitor left something behind. The visitor allows it on the screen first.',
  input: z.strictObject({
    item: z.string().trim().min(3).max(80).describe('What it looks like, such as "green umbrella".'),
  }),
  needsApproval: true,
  changesData: true,
  async run({ item }, { user, network, redis }) {
    // A guest with new cookies is a new user, so the count is by network where it is known.
    const count = `lost-items:count:${network ?? user.id}`;
    const [reports] = await Promise.all([redis.incr(count), redis.expire(count, DAY_SECONDS, 'NX')]);
    if (reports > MOST_A_DAY)
      return fail('too_many_items', 'We can note no more today. Please call again tomorrow.');
    const key = `lost-items:${user.id}`;
    const [added] = await Promise.all([redis.sadd(key, item), redis.expire(key, KEEP_SECONDS)]);
    if (added === 0) return fail('already_reported', 'That item is on our list already.');
    return ok(`We will look out for your ${item}.`, { item });
  },
});
