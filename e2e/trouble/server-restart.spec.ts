import { expect, type Page } from 'playwright/test';
import type { AttackServer } from '../attack/server/attack-server.ts';
import { test } from '../fixtures.ts';
import { faultLiveCalls } from '../states/fault-live-calls.ts';
import { askAgent, startTyped, typeMessage } from '../states/visit.ts';
import { expectAtOnce } from './at-once.ts';

// The browser reports a server that is gone.
test.use({ expectedConsoleErrors: [/Failed to load resource|ERR_CONNECTION/] });

async function signIn(page: Page, { url }: AttackServer): Promise<void> {
  await page.goto(url);
  await page.getByRole('button', { name: 'Continue as guest' }).click();
  await page.waitForURL(`${url}/`);
}

/** The agent ends the call through a tool, which runs on the server. */
async function sayGoodbye(page: Page): Promise<void> {
  await typeMessage(page, 'Goodbye.');
  await expect(page.getByRole('heading', { name: 'You said goodbye.' })).toBeVisible();
}

test('server restarted: the voice goes on, and the tools work again when it is back', async ({
  page,
  server,
}) => {
  await startTyped({ page, signIn: () => signIn(page, server) });
  await askAgent(page);
  await server.process.kill();
  await server.process.start();
  await sayGoodbye(page);
});

test('server restarted while the connection drops: shown at once, and the same call goes on', async ({
  page,
  server,
}) => {
  await startTyped({ page, signIn: () => signIn(page, server) });
  await askAgent(page);
  await server.process.kill();
  await expectAtOnce(page, /Reconnecting/, () => faultLiveCalls('drop_channel'));
  await server.process.start();
  await expect(page.getByRole('main').getByText('Connected again.')).toBeVisible();
  await sayGoodbye(page);
});
