import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type * as business from '@/business/panel';
import type { User } from '@/lib/server/auth/user';
import { newToolContext } from '@/lib/server/testing/tool-context';
import { Panel, PanelLoading } from './lost-items-panel';
import { reportLostItem } from './report-lost-item';

// Does not compile when the guide leaves out something that the page shows.
({ Panel, PanelLoading }) satisfies Record<keyof typeof business, unknown>;

test('the panel of the guide shows what its tool stored', async () => {
  const context = newToolContext();
  const user: User = { ...context.user, name: 'Ann', permissions: [], network: null };
  expect(renderToStaticMarkup(PanelLoading())).toContain('Loading…');
  expect(renderToStaticMarkup(await Panel({ user }))).toContain('Nothing yet.');
  await reportLostItem.call({ item: 'green umbrella' }, context);
  expect(renderToStaticMarkup(await Panel({ user }))).toContain('<li>green umbrella</li>');
});
