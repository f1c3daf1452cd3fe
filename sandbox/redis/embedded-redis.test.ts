import { Redis } from '@upstash/redis';
import { expect, test } from 'vitest';
import { startRedis } from './embedded-redis.ts';
import type { EmbeddedRedis } from './interfaces.mjs';

const clientOf = ({ url, token }: EmbeddedRedis): Redis => new Redis({ url, token, enableTelemetry: false });

test('flush deletes data and scripts; another engine keeps its own', async () => {
  const [one, other] = await Promise.all([startRedis(), startRedis()]);
  const [ours, theirs] = [clientOf(one), clientOf(other)];
  await Promise.all([ours.set('color', 'red'), theirs.set('color', 'blue')]);
  const sha = await ours.scriptLoad('return 1');
  await one.flush();
  expect(await ours.get('color')).toBeNull();
  expect(await ours.scriptExists(sha)).toEqual([0]);
  expect(await theirs.get('color')).toBe('blue');
  await Promise.all([one.close(), other.close()]);
});
