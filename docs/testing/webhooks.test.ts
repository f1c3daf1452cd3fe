import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { WEBHOOK_EVENTS } from '@/lib/server/webhooks/events';

const document = readFileSync(fileURLToPath(new URL('../webhooks.md', import.meta.url)), 'utf8');

test('the table names every event with every field of its data, and nothing else', () => {
  const rows = [...document.matchAll(/^\| `([\w.]+)` \|.*\| ([^|]+) \|$/gm)].map(([, type, data = '']) => [
    type,
    [...data.matchAll(/`(\w+)`/g)].map(([, field]) => field),
  ]);
  const events = Object.entries(WEBHOOK_EVENTS).map(([type, data]) => [type, Object.keys(data.shape)]);
  expect(rows).toEqual(events);
});
