import 'server-only';
import { z } from 'zod';
import { SHUT_GATE } from '@/lib/server/money/gate';
import { defineScript } from '@/lib/server/store/run-script';

/**
 * Blocks somebody, and deletes blocks that are over. Blocked already, the new terms count. `RESERVE` reads `untilMs`
 * (0: no end) of what is stored, and looks for it once the gate is shut.
 */
export const BLOCK = defineScript({
  keys: ['blocks', '...books'],
  args: ['id', 'blockJson', 'nowMs', 'most'],
  reply: z.enum(['blocked', 'full']),
  lua: `
local stored = redis.call('HGETALL', KEY.blocks)
local count, isKnown = 0, false
for i = 1, #stored, 2 do
  local untilMs = cjson.decode(stored[i + 1]).untilMs or 0
  if untilMs > 0 and untilMs <= tonumber(ARG.nowMs) then
    redis.call('HDEL', KEY.blocks, stored[i])
  else
    count, isKnown = count + 1, isKnown or stored[i] == ARG.id
  end
end
if not isKnown and count >= tonumber(ARG.most) then return 'full' end
redis.call('HSET', KEY.blocks, ARG.id, ARG.blockJson)
${SHUT_GATE}
return 'blocked'
`,
});

/** Returns the ids of open calls of a person or a network: `token` is the word by which `RESERVE` queues them. */
export const FIND_CALLS = defineScript({
  keys: ['deadlines'],
  args: ['token', 'most', 'lookedAt'],
  reply: z.array(z.string()),
  lua: `
local found = {}
for _, member in ipairs(redis.call('ZRANGE', KEY.deadlines, 0, tonumber(ARG.lookedAt) - 1)) do
  if string.find(member .. ' ', ' ' .. ARG.token .. ' ', 1, true) then
    table.insert(found, string.match(member, '^%S+'))
    if #found >= tonumber(ARG.most) then break end
  end
end
return found
`,
});
