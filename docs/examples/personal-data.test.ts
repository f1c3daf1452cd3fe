import { expect, test } from 'vitest';
import type * as business from '@/business/personal-data';
import { newToolContext } from '@/lib/server/testing/tool-context';
import { erasePersonalData, readPersonalData, storedInWords } from './personal-data.ts';
import { reportLostItem } from './report-lost-item.ts';

// Does not compile when the guide leaves out something that the site reads.
({ erasePersonalData, readPersonalData, storedInWords }) satisfies Record<keyof typeof business, unknown>;

test('what the tool of the guide stores goes into the export, and away with the person', async () => {
  const context = newToolContext();
  const person = { ...context.user, network: null };
  await reportLostItem.call({ item: 'green umbrella' }, context);
  expect(await readPersonalData(person)).toEqual({ lostItems: ['green umbrella'] });
  await erasePersonalData(person);
  expect(await readPersonalData(person)).toEqual({ lostItems: [] });
});
