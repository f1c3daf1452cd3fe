import { createRequire } from 'node:module';
import { startRedis } from '@parley/redis-sandbox';
import { expect, test } from 'vitest';
import { unattendedWork } from '@/lib/server/platform/background';
import { requireOwnCall } from '@/lib/server/records/stored-call';
import {
  createCallFixture,
  end,
  openAndConnect,
  toolRequest,
  visitor,
} from '@/lib/server/testing/call-fixture';
import { runToolOnce } from '@/lib/server/tools/run-once';
import { traceTurns } from '@/lib/server/tracing/call-spans';

createCallFixture(startRedis);
const loaded = () =>
  Object.keys(createRequire(import.meta.url).cache).filter((path) => path.includes('@opentelemetry'));

test('without an address, a call loads nothing of OpenTelemetry; with the exporter, this test would see it', async () => {
  const user = visitor();
  const { callId } = await openAndConnect(user);
  await runToolOnce(user, callId, 'echo', toolRequest());
  const call = await requireOwnCall(user.id, callId);
  await end(user, callId);
  traceTurns(call, []);
  await unattendedWork();
  expect(loaded()).toEqual([]);
  await import('@/lib/server/tracing/exporter');
  expect(loaded().length).toBeGreaterThan(20);
});
