import 'server-only';
import { z } from 'zod';
import { defineTool } from '@/lib/server/agents/define-tool';
import { fail, ok } from '@/lib/server/agents/outcome';

const KEEP_SECONDS = 30 * 24 * 3600;

export const reportLostItem = defineTool({
  name: 'report_lost_item',
  title: 'Report a lost item',
  description:
    'Puts an item on the list of things to look for. Use it when the visitor left something behind.',
  input: z.strictObject({
    item: z.string().trim().min(3).max(80).describe('What it looks like, such as "green umbrella".'),
  }),
  needsApproval: true,
  changesData: true,
  async run({ item }, { user, redis }) {
    const key = `lost-items:${user.id}`;
    const [added] = await Promise.all([redis.sadd(key, item), redis.expire(key, KEEP_SECONDS)]);
    if (added === 0) return fail('already_reported', 'That item is on our list already.');
    return ok(`We will look out for your ${item}.`, { item });
  },
});
