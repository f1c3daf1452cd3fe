// Tested in console-state.test.
import 'server-only';
import { z } from 'zod';
import { gateBooks, SHUT_GATE } from '@/lib/server/money/gate';
import { getRedis } from '@/lib/server/store/redis';
import { defineScript, fromStore, runScript } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';

const PAUSE = defineScript({
  keys: ['paused', '...books'],
  args: ['nowMs'],
  reply: z.literal('paused'),
  lua: `
redis.call('SET', KEY.paused, ARG.nowMs, 'NX')
${SHUT_GATE}
return 'paused'
`,
});

/** Lets no new call begin from now on, on any process; those that go on are left alone. Throws `store_unavailable`. */
export const pauseCalls = (nowMs: number): Promise<unknown> =>
  runScript(PAUSE, { paused: storeKeys.paused, books: gateBooks(nowMs) }, { nowMs });

/** Lets calls begin again. Throws `store_unavailable`. */
export const resumeCalls = (): Promise<unknown> => fromStore(getRedis().del(storeKeys.paused));
