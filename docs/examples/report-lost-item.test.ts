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

test('new cookies do not make room for more', async () => {
  const network = `network-${crypto.randomUUID()}`;
  const report = (number: number) =>
    reportLostItem.call({ item: `umbrella ${number}` }, { ...newToolContext(), network });
  for (let number = 1; number <= 10; number++) expect(await report(number)).toMatchObject({ ok: true });
  expect(await report(11)).toMatchObject({ ok: false, error: { code: 'too_many_items' } });
});
