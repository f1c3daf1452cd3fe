import { expect } from 'playwright/test';
import { clearFaults, orderFaults } from '../attack/server/sandbox-faults.ts';
import { test } from '../fixtures.ts';
import { isRelay } from '../relay-mode.ts';
import { sandboxCalls } from '../sandbox-calls.ts';
import { askAgent, shown, startTyped, talk } from '../states/visit.ts';

test.use({ expectedConsoleErrors: [/Failed to load resource/] });
test.afterEach(clearFaults);

test('a service with other secrets and strict CORS: the call is connected, answers and is hung up', async ({
  page,
  signInAsGuest,
}) => {
  test.skip(isRelay, 'In relay mode the browser meets neither.');
  await orderFaults({ mint: { secretPrefix: 'vcst_' }, strictCors: {} });
  const before = new Set((await sandboxCalls()).map(({ id }) => id));
  await startTyped({ page, signIn: () => signInAsGuest(page) });
  await askAgent(page);
  await page.getByRole('button', { name: 'End call' }).click();
  await expect(page.getByText('Call ended')).toBeVisible();
  const call = (await sandboxCalls()).find(({ id }) => !before.has(id));
  expect(call).toMatchObject({ secret: expect.stringMatching(/^vcst_/), closeReason: 'hangup' });
});

test('a service that does not name its calls: refused with the reason, and no call is ever connected', async ({
  page,
  signInAsGuest,
}) => {
  await orderFaults({ calls: { noLocation: true } });
  await signInAsGuest(page);
  const before = new Set((await sandboxCalls()).map(({ id }) => id));
  await talk(page);
  await expect(shown(page, /^This site’s voice account needs its owner’s attention\.$/)).toBeVisible();
  await expect(page.getByRole('region', { name: /^For the owner of this site/ })).toContainText(
    'call_id_missing',
  );
  const calls = (await sandboxCalls()).filter(({ id }) => !before.has(id));
  expect(calls.length).toBeGreaterThan(0);
  expect(calls.map(({ connected }) => connected)).not.toContain(true);
});
