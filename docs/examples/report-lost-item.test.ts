import { expect, test } from 'vitest';
import { newToolContext } from '@/lib/server/testing/tool-context';
import { reportLostItem } from './report-lost-item.ts';

test('an item is reported once', async () => {
  const context = newToolContext();
  const first = await reportLostItem.call({ item: 'green umbrella' }, context);
  expect(first).toMatchObject({ ok: true, summary: 'We will look out for your green umbrella.' });

  const second = await reportLostItem.call({ item: 'green umbrella' }, context);
  expect(second).toMatchObject({ ok: false, error: { code: 'already_reported' } });
});
