import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from '@upstash/redis';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startRedis } from '../embedded-redis.ts';
import type { EmbeddedRedis } from '../interfaces.mjs';

let directory: string;
let snapshotFile: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'redis-snapshot-'));
  snapshotFile = join(directory, 'kept', 'redis.json');
});
afterEach(() => rm(directory, { recursive: true }));

const createClient = ({ url, token }: EmbeddedRedis) => new Redis({ url, token, enableTelemetry: false });

it('keeps values, collections and expiry from one run to the next', async () => {
  const before = await startRedis({ snapshotFile });
  const writer = createClient(before);
  await writer.set('text', '日本', { ex: 100 });
  await writer.hset('hash', { a: 1 });
  await writer.zadd('zset', { score: 2, member: 'b' });
  const id = await writer.xadd('stream', '*', { type: 'end' });
  await Promise.all(Array.from({ length: 1200 }, (_, index) => writer.set(`many:${index}`, index)));
  await before.close();

  const after = await startRedis({ snapshotFile });
  const reader = createClient(after);
  expect(await reader.get('text')).toBe('日本');
  expect(await reader.ttl('text')).toBeGreaterThan(90);
  expect(await reader.ttl('hash')).toBe(-1);
  expect(await reader.hgetall('hash')).toEqual({ a: 1 });
  expect(await reader.zscore('zset', 'b')).toBe(2);
  expect(await reader.xrange('stream', '-', '+')).toEqual({ [id]: { type: 'end' } });
  expect(await reader.dbsize()).toBe(1204);
  await after.close();
});

it.skipIf(process.platform === 'win32')('is readable by its owner only', async () => {
  await (await startRedis({ snapshotFile })).close();
  expect((await stat(snapshotFile)).mode & 0o777).toBe(0o600);
});

it('starts empty, with a warning, when the file is damaged', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const file = join(directory, 'damaged.json');
  await writeFile(file, '[["oops"');
  const redis = await startRedis({ snapshotFile: file });
  expect(await createClient(redis).dbsize()).toBe(0);
  expect(warn).toHaveBeenCalledOnce();
  await redis.close();
  warn.mockRestore();
});
