import 'server-only';
import { z } from 'zod';
import type { User } from '@/lib/server/auth/user';
import { endForSignOut } from '@/lib/server/endings/end-call';
import { widestNetwork } from '@/lib/server/http/client-network';
import { getEnv } from '@/lib/server/platform/env';
import { audit, auditName } from '@/lib/server/records/audit';
import { ERASED_MARK_SECONDS, recordKeys } from '@/lib/server/records/record-keys';
import { NAMELESS } from '@/lib/server/records/stored-call';
import { getRedis } from '@/lib/server/store/redis';
import { defineScript, fromStore, runScript } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';
import { dropMessagesAbout } from '@/lib/server/webhooks/queue';
import type { CallId, UserId } from '@/lib/shared/ids';

/**
 * Takes the user's name off calls that are still needed for a day: to hang up what is left of them, to charge what that
 * talked meanwhile, and to tell a late request that they have ended. What they cost stays, without a name, in the sums of
 * the site.
 */
const MAKE_NAMELESS = defineScript({
  keys: ['...calls'],
  args: ['owner', 'nameless'],
  reply: z.number(),
  lua: `
for _, call in ipairs(KEY.calls) do
  local stored = redis.call('HMGET', call, 'owner', 'state', 'accounts')
  if stored[1] == ARG.owner and stored[2] == 'ended' then
    local accounts = {}
    for _, account in ipairs(cjson.decode(stored[3])) do
      if account.id ~= ARG.owner then table.insert(accounts, account) end
    end
    redis.call('HSET', call, 'owner', ARG.nameless, 'accounts', #accounts > 0 and cjson.encode(accounts) or '[]',
      'options', '{}', 'queued', '')
    for _, field in ipairs(redis.call('HKEYS', call)) do
      if string.find(field, '^run:') or string.find(field, '^done:') then redis.call('HDEL', call, field) end
    end
  end
end
return #KEY.calls
`,
});

/**
 * Ends the user's open call, and deletes their past calls and kept conversations. A call that ends meanwhile is not
 * remembered either. Returns how many they were. Throws `store_unavailable`; trying again is safe.
 */
export async function eraseCalls(userId: UserId): Promise<number> {
  const redis = getRedis();
  const [history, kept] = [recordKeys.history(userId), recordKeys.kept(userId)];
  await fromStore(redis.set(recordKeys.erased(userId), 1, { ex: ERASED_MARK_SECONDS }));
  const openCallId = await endForSignOut(userId);
  const lists = [history, kept].map((list) => redis.zrange<CallId[]>(list, 0, -1));
  const listed = (await fromStore(Promise.all(lists))).flat();
  const callIds = [...new Set(openCallId ? [...listed, openCallId] : listed)];
  await runScript(
    MAKE_NAMELESS,
    { calls: callIds.map(storeKeys.call) },
    { owner: userId, nameless: NAMELESS },
  );
  const keys = callIds.flatMap((callId) => [recordKeys.pastCall(callId), recordKeys.transcript(callId)]);
  // The lists go together with the rest: a second try needs them.
  await fromStore(redis.del(...keys, history, kept));
  return callIds.length;
}

type Person = Pick<User, 'id' | 'role' | 'network'>;

/** Deletes what the business stores about a user. Trying again must be safe. */
type EraseBusinessData = (person: Person) => Promise<void>;

/**
 * Deletes everything that is stored about a user, their open call included. The seconds that they used today stay until
 * the day is over, because deleting them would give new ones. Returns the number of calls.
 * Throws `store_unavailable`; trying again is safe.
 */
export async function eraseData(person: Person, eraseBusinessData: EraseBusinessData): Promise<number> {
  const calls = await eraseCalls(person.id);
  if (getEnv().webhook) await dropMessagesAbout(auditName(person.id));
  const { network } = person;
  // By the same name as in the context of a tool.
  await eraseBusinessData({ ...person, network: network && widestNetwork(network) });
  audit({ event: 'data_deleted', userId: person.id });
  return calls;
}
