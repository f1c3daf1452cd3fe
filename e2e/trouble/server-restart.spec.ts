import { expect, type Page } from 'playwright/test';
import { Stage } from '../attack/server/attack-server.ts';
import { test } from '../fixtures.ts';
import { strikeCalls } from '../states/fault-live-calls.ts';
import { askAgent, startTyped, typeMessage } from '../states/visit.ts';

// A server that is gone is reported by the browser.
test.use({ expectedConsoleErrors: [/Failed to load resource|ERR_CONNECTION/] });

let stage: Stage;
test.beforeAll(async () => {
  stage = await Stage.start();
});
test.afterAll(() => stage.close());

async function signIn(page: Page): Promise<void> {
  await page.goto(stage.url);
  await page.getByRole('button', { name: 'Continue as guest' }).click();
  await page.waitForURL(`${stage.url}/`);
}

/** The agent ends the call through a tool, which runs on the server. */
async function sayGoodbye(page: Page): Promise<void> {
  await typeMessage(page, 'Goodbye.');
  await expect(page.getByRole('heading', { name: 'You said goodbye.' })).toBeVisible();
}

test('server restarted: the voice goes on, and the tools work again when it is back', async ({ page }) => {
  await startTyped({ page, signIn: () => signIn(page) });
  await askAgent(page);
  await stage.server.kill();
  await stage.server.start();
  await sayGoodbye(page);
});

test('server restarted while the line drops: said at once, and the same call goes on', async ({ page }) => {
  await startTyped({ page, signIn: () => signIn(page) });
  await askAgent(page);
  await stage.server.kill();
  await strikeCalls('drop_channel');
  const main = page.getByRole('main');
  await expect(main.getByText(/^Reconnecting/).first()).toBeVisible({ timeout: 1_000 });
  await stage.server.start();
  await expect(main.getByText('Connected again.')).toBeVisible();
  await sayGoodbye(page);
});
