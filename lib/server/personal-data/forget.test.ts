import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startRedis } from '@parley/redis-sandbox';
import { expect, test, vi } from 'vitest';
import { findOpenCall } from '@/lib/server/money/ledger';
import { findPastCall, listPastCalls } from '@/lib/server/records/call-history';
import { keepTranscript, readTranscript } from '@/lib/server/records/kept-transcripts';
import { storeKeys } from '@/lib/server/store/store-keys';
import {
  createCallFixture,
  end,
  eventually,
  openAndConnect,
  visitor,
} from '@/lib/server/testing/call-fixture';
import { UserId } from '@/lib/shared/ids';

const fixture = createCallFixture(startRedis);
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Runs the owner's script in a process of its own, with this environment. */
const forget = (...words: string[]) => forgetWith({}, ...words);

async function forgetWith(change: Record<string, string>, ...words: string[]) {
  const running = promisify(execFile)(process.execPath, ['scripts/forget.mjs', ...words], {
    cwd: ROOT,
    env: { ...process.env, ...change },
  });
  return running.then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    (error: { code: number; stderr: string }) => ({ code: error.code, said: error.stderr }),
  );
}

test('`npm run forget` deletes what is stored about a user, ends their call and leaves a trace', async () => {
  // The script reads the time of the machine.
  vi.useRealTimers();
  const user = visitor({ id: UserId.parse('github_123'), role: 'user' });
  const { callId } = await openAndConnect(user);
  await end(user, callId);
  await eventually(async () => expect(await findPastCall(user.id, callId)).not.toBeNull());
  await keepTranscript(user.id, callId, [{ kind: 'note', text: 'Said.' }]);
  await openAndConnect(user);

  const { code, said } = await forget('github_123');
  expect(said).toContain('github_123 is deleted, 2 calls among it');
  expect(code).toBe(0);
  expect(await listPastCalls(user.id)).toEqual([]);
  expect(await readTranscript(user.id, callId)).toBeNull();
  expect(await findOpenCall(user.id, Date.now())).toBeNull();
  const trail = Object.values(await fixture.redis.xrange(storeKeys.audit, '-', '+'));
  expect(trail).toContainEqual(expect.objectContaining({ event: 'data_deleted' }));
});

test.each([[[]], [['nobody']], [['github_1', 'github_2']]])('%j is refused with the usage', async (words) => {
  const { code, said } = await forget(...words);
  expect(code).toBe(2);
  expect(said).toContain('npm run forget -- <user id>');
});

test.each<[string, Record<string, string>, RegExp]>([
  ['no database', { UPSTASH_REDIS_REST_URL: '', UPSTASH_REDIS_REST_TOKEN: '' }, /REDIS_URL.*AUTH_SECRET/s],
  [
    'one that is away',
    { UPSTASH_REDIS_REST_URL: 'http://127.0.0.1:9' },
    /does not respond.*Check its address/s,
  ],
  [
    'one that refuses the token',
    { UPSTASH_REDIS_REST_TOKEN: 'foreign' },
    /refuses.*Copy the password or token/s,
  ],
])('with %s it says what is wrong, and what cures it', async (_, change, words) => {
  const { code, said } = await forgetWith(change, 'github_1');
  expect(said).toMatch(words);
  expect(code).toBe(1);
});
