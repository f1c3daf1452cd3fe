import { startRedis } from '@parley/redis-sandbox';
import { beforeEach, describe, expect, test } from 'vitest';
import { block, listBlocks, unblock } from '@/lib/server/console/blocks/blocks';
import { endCallsOf } from '@/lib/server/console/blocks/end-calls';
import { clientNetwork, nameNetwork } from '@/lib/server/http/client-network';
import { auditName } from '@/lib/server/records/audit';
import { readCall } from '@/lib/server/records/stored-call';
import {
  createCallFixture,
  end,
  guest,
  open,
  openAndConnect,
  passSeconds,
  visitor,
} from '@/lib/server/testing/call-fixture';
import { countCommands } from '@/lib/server/testing/count-commands';
import { UserId } from '@/lib/shared/ids';
import { NewBlock } from '@/lib/shared/owner/blocks';

const fixture = createCallFixture(startRedis, { CLIENT_IP_HEADER: 'x-real-ip' });
const ADMIN = UserId.parse('github_1');

beforeEach(() => fixture.redis.flushdb());

const put = (wanted: NewBlock) => block(NewBlock.parse(wanted), ADMIN, Date.now());
const from = (address: string) => visitor({ network: clientNetwork(new Headers({ 'x-real-ip': address })) });
const BLOCKED = { code: 'blocked', status: 403 };

describe('a blocked person', () => {
  const member = visitor({ id: UserId.parse('github_7'), role: 'user' });

  test('begins no call until they are unblocked, at once; nobody else is concerned', async () => {
    await end(member, (await open(member)).callId);
    const id = await put({ kind: 'person', who: auditName(member.id), note: 'Rude.' });
    await expect(open(member)).rejects.toMatchObject(BLOCKED);
    const other = guest();
    await end(other, (await open(other)).callId);
    expect(await listBlocks(Date.now())).toEqual([
      {
        id,
        label: auditName(member.id),
        note: 'Rude.',
        by: auditName(ADMIN),
        sinceMs: Date.now(),
        untilMs: null,
      },
    ]);
    await unblock(id, ADMIN);
    await unblock(id, ADMIN);
    await end(member, (await open(member)).callId);
    expect(await listBlocks(Date.now())).toEqual([]);
  });

  test('keeps the call that goes on, until the owner ends that too; once more ends none', async () => {
    const { callId } = await openAndConnect(member);
    const another = guest();
    const { callId: kept } = await openAndConnect(another);
    const id = await put({ kind: 'person', who: auditName(member.id) });
    expect(await readCall(callId)).toMatchObject({ state: 'connected' });
    expect(await endCallsOf(id, ADMIN)).toEqual({ ended: 1, failed: 0 });
    expect(await readCall(callId)).toMatchObject({ state: 'ended' });
    expect(await readCall(kept)).toMatchObject({ state: 'connected' });
    expect(await endCallsOf(id, ADMIN)).toEqual({ ended: 0, failed: 0 });
    await end(another, kept);
  });

  test('may call again when the block is over, and reads when that is', async () => {
    await put({ kind: 'person', who: auditName(member.id), days: 1 });
    await expect(open(member)).rejects.toMatchObject({ ...BLOCKED, retryAfterSeconds: 86_400 });
    passSeconds(86_401);
    expect(await listBlocks(Date.now())).toEqual([]);
    await end(member, (await open(member)).callId);
  });

  test('costs others no command, once somebody has looked, and is stored under a hash alone', async () => {
    const { byName: open2 } = await countCommands(async () => open(guest()));
    await put({ kind: 'person', who: auditName(member.id) });
    const cost = await countCommands(() => open(member).catch(() => undefined));
    expect(cost.byName.hmget).toBeLessThanOrEqual(2);
    expect(open2.exists).toBe(1);
    const free = await countCommands(async () => {
      await unblock(`person ${auditName(member.id)}`, ADMIN);
      await open(guest());
    });
    expect(free.byName.exists).toBe(1);
    expect((await countCommands(async () => open(guest()))).byName.exists).toBeUndefined();
    expect(JSON.stringify(await fixture.redis.hgetall('voice:blocks'))).not.toContain(member.id);
  });
});

describe('a blocked network', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7', '203.0.113.8'],
    ['2001:db8:1:2::/64', '2001:db8:1:2::9', '2001:db8:1:3::9'],
    ['2001:db8:1:2::1', '2001:DB8:1:2:aaaa::9', '2001:db8:1:3::9'],
    ['2001:db8:1:200::/56', '2001:db8:1:2ff::9', '2001:db8:1:300::9'],
    ['2001:db8:1::/48', '2001:db8:1:ffff::9', '2001:db8:2::9'],
  ])('%s lets no guest of %s call, and one of %s', async (address, inside, outside) => {
    await put({ kind: 'network', address });
    await expect(open(from(inside))).rejects.toMatchObject(BLOCKED);
    await expect(open(from(inside))).rejects.toMatchObject(BLOCKED);
    const other = from(outside);
    await end(other, (await open(other)).callId);
  });

  test('is that of a caller, whose address nobody knows', async () => {
    const caller = from('198.51.100.4');
    const { callId } = await open(caller);
    const id = await put({ kind: 'network_of', callId });
    await expect(open(from('198.51.100.4'))).rejects.toMatchObject(BLOCKED);
    expect(await endCallsOf(id, ADMIN)).toEqual({ ended: 1, failed: 0 });
    expect(JSON.stringify(await listBlocks(Date.now()))).not.toContain('198.51.100.4');
  });
});

test.each(['everyone', '10.0.0.0/8', '1.2.3', '2001:db8::/32', '::ffff:1.2.3.4/64', ' '])(
  'what is no network that is counted is refused: %s',
  (address) => expect(nameNetwork(address)).toBeNull(),
);

test('nobody blocks themselves, or more than can be listed', async () => {
  await expect(put({ kind: 'person', who: auditName(ADMIN) })).rejects.toMatchObject({ code: 'bad_request' });
  const { callId } = await open(visitor());
  await expect(put({ kind: 'network_of', callId })).rejects.toMatchObject({ code: 'bad_request' });
  const unknown = await open(from('no address'));
  const everybody = put({ kind: 'network_of', callId: unknown.callId });
  await expect(everybody).rejects.toMatchObject({ code: 'bad_request' });
  const fill = `for i = 1, 500 do redis.call('HSET', KEYS[1], 'person ' .. i, ARGV[1]) end return 1`;
  const stored = { label: 'x', note: '', by: 'x', sinceMs: 1, untilMs: 0 };
  await fixture.redis.eval(fill, ['voice:blocks'], [JSON.stringify(stored)]);
  await expect(put({ kind: 'network', address: '203.0.113.1' })).rejects.toMatchObject({
    code: 'bad_request',
  });
  const over = JSON.stringify({ ...stored, untilMs: Date.now() - 1 });
  await fixture.redis.hset('voice:blocks', { 'person 1': over });
  await put({ kind: 'network', address: '203.0.113.1' });
  expect(await listBlocks(Date.now())).toHaveLength(500);
});
