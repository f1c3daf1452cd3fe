import { fileURLToPath } from 'node:url';
import { startRedis } from '@parley/redis-sandbox';
import { expect, test } from 'vitest';
import { block } from '@/lib/server/console/blocks/blocks';
import { pauseCalls, resumeCalls } from '@/lib/server/console/pause';
import { noteGivenUp } from '@/lib/server/endings/given-up';
import { noteSweep } from '@/lib/server/endings/last-sweep';
import { limitGuestSignIn } from '@/lib/server/money/limits';
import { eraseCalls } from '@/lib/server/personal-data/erase-data';
import { getEnv } from '@/lib/server/platform/env';
import { audit, auditRefusal } from '@/lib/server/records/audit';
import { findPastCall } from '@/lib/server/records/call-history';
import { keepTranscript } from '@/lib/server/records/kept-transcripts';
import { writeRefusals } from '@/lib/server/records/refusal-counts';
import { checkStore } from '@/lib/server/store/check-store';
import { storeKeys } from '@/lib/server/store/store-keys';
import {
  createCallFixture,
  end,
  eventually,
  open,
  openAndConnect,
  toolRequest,
  visitor,
} from '@/lib/server/testing/call-fixture';
import { readRetentionTable } from '@/lib/server/testing/retention-table';
import { NEW_SECRET } from '@/lib/server/testing/webhook-receiver';
import { runToolOnce } from '@/lib/server/tools/run-once';
import { keepMessage } from '@/lib/server/webhooks/queue';
import { stop } from '@/lib/server/webhooks/stopped';
import { tellOnce } from '@/lib/server/webhooks/tell';
import { UserId } from '@/lib/shared/ids';
import { NewBlock } from '@/lib/shared/owner/blocks';

const fixture = createCallFixture(startRedis, {
  VOICE_WEBHOOK_URL: 'http://127.0.0.1:9/',
  VOICE_WEBHOOK_SECRET: NEW_SECRET,
});
const DOCUMENT = fileURLToPath(new URL('../../../docs/privacy-and-retention.md', import.meta.url));
const table = readRetentionTable(DOCUMENT);

async function talkAndKeep(user: ReturnType<typeof visitor>) {
  const { callId } = await openAndConnect(user);
  await runToolOnce(user, callId, 'echo', toolRequest());
  await end(user, callId);
  await eventually(async () => expect(await findPastCall(user.id, callId)).not.toBeNull());
  await keepTranscript(user.id, callId, [{ kind: 'note', text: 'Said.' }]);
  return { user, callId };
}

/** A receiver that wanted no more, then one that took nothing. */
async function leaveWebhooks() {
  const { webhook } = getEnv();
  if (!webhook) throw new Error('No webhook is set.');
  await stop(webhook);
  await keepMessage({ id: 'msg_1', body: '{}' }, Date.now());
  tellOnce({ type: 'sweep.late', about: '2031-03-01', data: { day: '2031-03-01', lastSweepAt: null } });
  await eventually(async () => expect(await fixture.redis.keys('voice:told:*')).toHaveLength(1));
}

/** Has everything written that the site ever writes, and returns how long each key has to live. */
async function fillDatabase() {
  const network = 'network-of-the-guest';
  const guest = await talkAndKeep(visitor({ network }));
  const member = await talkAndKeep(visitor({ id: UserId.parse('github_1'), role: 'user' }));
  fixture.provider.next.hangUp = { status: 500, body: '' };
  await end(guest.user, (await openAndConnect(guest.user)).callId);
  await open(member.user);
  await open(member.user)
    .catch(auditRefusal(member.user.id))
    .catch(() => undefined);
  await limitGuestSignIn(network);
  await eraseCalls(UserId.parse('github_2'));
  await Promise.all([noteSweep(), checkStore(), leaveWebhooks()]);
  audit({ event: 'call_reaped', userId: member.user.id, callId: member.callId });
  const trails = [storeKeys.audit, storeKeys.guestAudit, storeKeys.refusalAudit];
  await eventually(async () => expect(await fixture.redis.exists(...trails)).toBe(3));
  await eventually(async () => {
    for (const trail of trails) expect(await fixture.redis.ttl(trail)).toBeGreaterThan(0);
  });
  await writeRefusals();
  await noteGivenUp('call_1/rtc_1', Date.now());
  await block(
    NewBlock.parse({ kind: 'network', address: '203.0.113.7' }),
    UserId.parse('github_1'),
    Date.now(),
  );
  await pauseCalls(Date.now());
  const ofGuest = [guest.user.id, guest.callId];
  const keys = await fixture.redis.keys('*');
  const lives = keys.map(async (key) => ({
    key,
    ofGuest: ofGuest.some((id) => key.includes(id)),
    ttlSeconds: await fixture.redis.ttl(key),
  }));
  const found = await Promise.all(lives);
  await resumeCalls();
  return found;
}

test('every key is in the table, and lives as long as the table says', async () => {
  const stored = await fillDatabase();
  expect(stored.length).toBeGreaterThan(20);
  for (const { key, ofGuest, ttlSeconds } of stored) {
    const row = table.find(({ keys }) => keys.test(key));
    expect(row, `${key} is not in the table`).toBeDefined();
    const most = ofGuest ? row?.guestSeconds : row?.seconds;
    if (most === null || most === undefined) continue;
    expect(ttlSeconds, `${key} never expires`).toBeGreaterThan(0);
    expect(ttlSeconds, `${key} outlives the table`).toBeLessThanOrEqual(most * 1.01);
  }
});

test('every row of the table is about a key that is stored, and promises no more time than it gets', async () => {
  const stored = await fillDatabase();
  for (const { keys, text, seconds, guestSeconds } of table) {
    const found = stored.filter(({ key }) => keys.test(key));
    expect(found.length, text).toBeGreaterThan(0);
    const longest = (ofGuest: boolean) =>
      Math.max(...found.filter((one) => one.ofGuest === ofGuest).map(({ ttlSeconds }) => ttlSeconds));
    if (seconds !== null) expect(longest(false), text).toBeGreaterThan(seconds * 0.95);
    if (guestSeconds !== seconds) expect(longest(true), text).toBeGreaterThan((guestSeconds ?? 0) * 0.95);
  }
});
